"""Every word of our own that a conversation in the terminal shows, in Chinese and English."""

import os
import re
from collections.abc import Mapping

from qa.language import Language

__all__ = ["WORDS", "Language", "language_of", "mistake", "word"]

WORDS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "welcome": "问据 · {documents} 个文件，{articles} 篇文章。直接输入问题；:help 列出命令，Ctrl-D 退出。",
        "try": "可以问：{question}",
        "continued": "接着上次的对话：{title}（{count} 个问题）",
        "not_kept": "这次对话不会保存。{problem}",
        "opening": "正在打开文件…",
        "searching": "正在查找…",
        "reading": "正在阅读…",
        "proving": "正在核对原文…",
        "writing": "大模型正在写，逐句核对…",
        "searched_for": "按“{query}”搜索；只问这一句：:alone",
        "searched_only": "只查了：{filters}",
        "not_said": "文件中没有说。{reason}",
        "partly": "没有全部答出。{reason}",
        "nearest": "最接近的文章：",
        "certain": "确定",
        "likely": "较可能",
        "unsure": "不确定",
        "confidence": "把握：{word}（{figure}）",
        "dropped": "另有 {count} 条引文在原文中核对不上，没有显示。",
        "repaired": "原文有破损，修复后：“{text}”",
        "repaired_short": "原文经修复",
        "also_in": "也见于 {files}",
        "nothing_asked": "还没有问过问题。",
        "nothing_cited": "上一个回答没有引文。",
        "stopped": "已停止。再按一次 Ctrl-C 退出。",
        "leave": "再按一次 Ctrl-C，或按 Ctrl-D 退出。",
        "new": "新的对话。",
        "filters": "筛选：{filters}",
        "fit": "符合的文章：{count} 篇。",
        "fits": "符合的文章：{count} 篇。",
        "no_filters": "没有筛选。",
        "filter_how": "例如 :filter publisher=… since=2021；:filter off 取消。",
        "known": "{name}：{values}",
        "publisher": "来源",
        "author": "作者",
        "collection": "文集",
        "exported": "已写入 {path}（{count} 个问题）。",
        "why_dense": "意思相近，排第 {rank}",
        "why_keyword": "词语匹配，排第 {rank}",
        "why_dictionary": "经英汉词典匹配，排第 {rank}",
        "why_title": "问题点名了这篇文章",
        "why_rerank": "重读后排第 {rank}",
        "why_other": "{leg}，排第 {rank}",
        "why_next": "与排名靠前的段落同篇相邻",
        "help_open": "打开第 N 个来源的文章，标出引文",
        "help_why": "每个段落为什么被找到，答案有多大把握",
        "help_sources": "上一个回答的全部引文和出处",
        "help_filter": "只查部分文章：publisher、author、source、collection、since、until；off 取消",
        "help_alone": "不接上文，单独问这一句；不写问题就单独重问上一句",
        "help_retry": "重问上一个问题",
        "help_new": "开始新的对话",
        "help_export": "把对话写成文件：.md、.json 或 .html",
        "help_help": "显示这些命令",
        "help_quit": "退出，Ctrl-D 也行",
    },
    "en": {
        "welcome": "Wenju · {documents} files, {articles} articles. Type a question; :help lists the commands, Ctrl-D "
        "leaves.",
        "try": "Try: {question}",
        "continued": "Going on with: {title} ({count} questions)",
        "not_kept": "This conversation will not be kept. {problem}",
        "opening": "Opening the documents…",
        "searching": "Searching…",
        "reading": "Reading…",
        "proving": "Proving…",
        "writing": "The language model writes…",
        "searched_for": "Searched for: {query}  (:alone asks the words as typed)",
        "searched_only": "Searched only: {filters}",
        "not_said": "The documents do not say. {reason}",
        "partly": "Not answered in full. {reason}",
        "nearest": "Nearest articles:",
        "certain": "certain",
        "likely": "likely",
        "unsure": "uncertain",
        "confidence": "Confidence: {word} ({figure})",
        "dropped": "{count} more quotations could not be proved and are not shown.",
        "repaired": "repaired, reads: “{text}”",
        "repaired_short": "repaired",
        "also_in": "also in {files}",
        "nothing_asked": "Nothing was asked yet.",
        "nothing_cited": "The last answer quotes nothing.",
        "stopped": "Stopped. Ctrl-C again leaves.",
        "leave": "Ctrl-C again, or Ctrl-D, leaves.",
        "new": "A new conversation.",
        "filters": "Filters: {filters}",
        "fit": "{count} articles fit.",
        "fits": "{count} article fits.",
        "no_filters": "No filters.",
        "filter_how": "Such as :filter publisher=… since=2021; :filter off takes them away.",
        "known": "{name}: {values}",
        "publisher": "publisher",
        "author": "author",
        "collection": "collection",
        "exported": "Written to {path} ({count} questions).",
        "why_dense": "close in meaning, rank {rank}",
        "why_keyword": "words match, rank {rank}",
        "why_dictionary": "matched through the dictionary, rank {rank}",
        "why_title": "the question names the article",
        "why_rerank": "read again, rank {rank}",
        "why_other": "{leg}, rank {rank}",
        "why_next": "stands next to a passage that ranks high",
        "help_open": "open the article of source N with the quotation marked",
        "help_why": "why each passage was found, and how certain the answer is",
        "help_sources": "every quotation of the last answer with its source",
        "help_filter": "look into some articles only: publisher, author, source, collection, since, until; off ends it",
        "help_alone": "ask without the questions before; without a question, the last one again",
        "help_retry": "ask the last question again",
        "help_new": "begin a new conversation",
        "help_export": "write the conversation to a file: .md, .json or .html",
        "help_help": "list these commands",
        "help_quit": "leave; so does Ctrl-D",
    },
}

# The mistakes of `qa.cli.talk` in Chinese; tests/unit/test_talk_commands.py makes the real ones.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(english, re.DOTALL), chinese)
    for english, chinese in (
        (r"There is no command “(?P<word>.*)”\. Did you mean (?P<near>.*)\?", "没有命令“{word}”。是不是 {near}？"),
        (r"There is no command “(?P<word>.*)”\. See .*", "没有命令“{word}”。:help 列出所有命令。"),
        (r"There is no source to open yet\. .*", "还没有可以打开的来源。请先问一个问题。"),
        (r"“(?P<word>.*)” is no source of the last answer\. Type a number, (?P<numbers>.*), as in .*",
         "上一个回答没有“{word}”这个来源。请输入编号，例如 :open 1"),
        (r"“(?P<word>.*)” is no filter\. .*", "“{word}”不是筛选条件。请写成 :filter publisher=河阳日报 since=2021"),
        (r"There is no filter “(?P<name>.*)”\. Did you mean (?P<near>.*)\?", "没有筛选条件“{name}”。是不是 {near}？"),
        (r"There is no filter “(?P<name>.*)”\. There are (?P<known>.*)\.", "没有筛选条件“{name}”。可用的有 {known}。"),
        (r"The filter (?P<name>.*) is one date\. .*", "{name} 只能写一个日期。"),
        (r"A quotation mark has no partner\. .*", "引号不成对。请写成 publisher=\"两个 词\""),
        (r"The question is not valid UTF-8\. .*", "问题不是有效的 UTF-8。请使用 UTF-8 终端。"),
        (r"“(?P<name>.*)” does not end in .*", "“{name}”要以 .md、.json 或 .html 结尾。例如 :export talk.md"),
        (r"There is a file (?P<path>.*) already\. .*", "已经有文件 {path}。请换一个名字。"),
        (r"(?P<path>.*) cannot be written \((?P<why>.*)\)\. .*", "写不了 {path}（{why}）。请换一个名字。"),
        (r"(?P<what>:\w+) needs (?:a|an) (?P<more>\w+)\. .*", "{what} 后面还要写内容。:help 列出用法。"),
    )
)  # fmt: skip


def language_of(named: str | None) -> Language:
    """Return the language to write in: as named, else that of the system's messages."""
    if named is not None:
        return "zh" if named == "zh" else "en"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def word(key: str, language: Language, **values: object) -> str:
    """Return the word of this key with its places filled in."""
    return WORDS[language][key].format(**values).rstrip()


def mistake(sentence: str, language: Language) -> str:
    """Return a mistake in this language; in English where no translation is known."""
    if language == "en":
        return sentence
    for pattern, chinese in _SENTENCES:
        match = pattern.fullmatch(sentence)
        if match is not None:
            return chinese.format(**match.groupdict()).replace(" or ", " 或 ")
    from qa.translate import in_language  # noqa: PLC0415 (only where something went wrong)

    return in_language(sentence, language)
