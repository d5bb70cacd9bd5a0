"""Words around what a language model wrote, in Chinese and English; the same in the chat, the terminal and exports."""

from collections.abc import Mapping

from qa.language import Language
from qa.types import Written, WrittenSentence

WRITTEN: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "written_by": "{model} 写的，每句都与原文核对过：",
        "unproved": "未经证实",
        "unproved_because": "未经证实：{reason}",
        "unproved_count": "模型有 {count} 句未经证实。",
        "unproved_count_one": "模型有 1 句未经证实。",
        "unproved_form": "不是可以核对的句子",
        "unproved_no_quotation": "没有引文",
        "unproved_not_in_source": "引文在原文中找不到",
        "unproved_other_passage": "引文出自另一篇文章",
        "unproved_cut": "引文截断了数字或单词",
        "unproved_number": "数字与引文不符",
        "unproved_date": "日期与引文不符",
        "unproved_name": "名称与引文不符",
        "unproved_negation": "否定或比较与引文不符",
        "unproved_words": "有引文没有的说法",
        "unproved_left_out": "拆开或颠倒了原句",
        "unproved_scope": "原文只是转述、计划或存疑",
        "unproved_subject": "引文没有说明主语",
        "writing_unreachable": "连不上大模型。",
        "writing_slow": "大模型超时了。",
        "writing_too_long": "大模型写个没完，已停下。",
        "writing_unauthorised": "大模型不接受密钥。",
        "writing_quota": "大模型的请求太多或额度用完了。",
        "writing_not_found": "找不到这个大模型。",
        "writing_redirected": "大模型的地址转向了别处，没有跟过去。",
        "writing_refused": "大模型没有接受这个问题。",
        "writing_server_error": "大模型出错了。",
        "writing_not_understood": "大模型的回复格式不对。",
        "writing_broken_off": "与大模型的连接中断了。",
        "writing_nothing_written": "大模型什么也没有写。",
        "writing_stopped": "大模型没有写完就停下了。",
    },
    "en": {
        "written_by": "Written by {model}, each sentence held against the sources:",
        "unproved": "unproved",
        "unproved_because": "unproved: {reason}",
        "unproved_count": "{count} sentences of the language model could not be proved.",
        "unproved_count_one": "1 sentence of the language model could not be proved.",
        "unproved_form": "not a sentence that can be checked",
        "unproved_no_quotation": "no quotation",
        "unproved_not_in_source": "the quotation is not in the source",
        "unproved_other_passage": "the quotation is from another article",
        "unproved_cut": "the quotation cuts a number or a word",
        "unproved_number": "a number is not in the quotation",
        "unproved_date": "a date is not in the quotation",
        "unproved_name": "a name is not in the quotation",
        "unproved_negation": "not, more or less are turned round",
        "unproved_words": "it adds words",
        "unproved_left_out": "it takes the quoted sentence apart",
        "unproved_scope": "the document only reports, plans or doubts it",
        "unproved_subject": "the quotation does not say of whom",
        "writing_unreachable": "The language model cannot be reached.",
        "writing_slow": "The language model took too long.",
        "writing_too_long": "The language model wrote without an end and was stopped.",
        "writing_unauthorised": "The language model does not accept the key.",
        "writing_quota": "The language model was asked too often, or its quota is used up.",
        "writing_not_found": "There is no such language model.",
        "writing_redirected": "The language model's address leads elsewhere, which was not followed.",
        "writing_refused": "The language model did not accept the question.",
        "writing_server_error": "The language model failed.",
        "writing_not_understood": "The language model's reply could not be read.",
        "writing_broken_off": "The connection to the language model broke off.",
        "writing_nothing_written": "The language model wrote nothing.",
        "writing_stopped": "The language model was stopped before its end.",
    },
}


def label_of(sentence: WrittenSentence, language: Language) -> str:
    """Return what is said beside a sentence that is not proved."""
    words = WRITTEN[language]
    if sentence.reason is None:
        return words["unproved"]
    return words["unproved_because"].format(reason=words[f"unproved_{sentence.reason.value}"])


def notes_of(written: Written, language: Language) -> list[str]:
    """Return how many sentences are not proved, and why the model did not write to the end, as far as there is any."""
    words = WRITTEN[language]
    notes = []
    if written.unproved:
        key = "unproved_count_one" if written.unproved == 1 else "unproved_count"
        notes.append(words[key].format(count=written.unproved))
    if written.problem is not None:
        notes.append(words[f"writing_{written.problem.code.value}"])
    return notes
