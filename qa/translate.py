"""Chinese for the few English sentences that the parts below write for a reader: mistakes, and a quotation unproved.

Reasons for silence are written in the question's language (`qa.answer.silence`). A sentence that is not known here is
shown as it is. Knows nothing of how it is shown: the same sentence serves the terminal, which says where a file lies,
and the pages, which do not (`qa.web.telling`).
"""

import re

from qa.language import Language

# A sentence of ours, and the same in Chinese; tests/unit/test_translate.py asks the real ones. Where a file lies is
# `path` in the English and `at` in the Chinese, which says nothing of it where the English does not.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        # Of questions, filters and answers.
        (r"The quotation could not be proved against its source\.", "找到的句子在原文中核对不上，所以不引用。"),
        (r"The question has (?P<length>\d+) characters; (?P<most>\d+) is the most\. .*",
         "问题有 {length} 个字符，最多 {most} 个。请用一两句话只问一件事。"),
        (r"The question is empty\. .*", "问题是空的。请写一个问题再提交。"),
        (r"“(?P<text>.*)” is not a date for (?:since|until)\. .*",
         "“{text}”不是日期。请写成 2021-09-03、2021-09 或 2021。"),
        (r"since (?P<since>\S+) is after until (?P<until>\S+)\. .*", "起始日期 {since} 晚于截止日期 {until}。请对调。"),
        (r"No article has a publisher like “(?P<name>.*)”\. (?:Nearest|Known): (?P<known>.*)\.",
         "没有哪篇文章的来源含有“{name}”。这里有：{known}。"),
        (r"No by-line holds “(?P<name>.*)”\. (?:Nearest|Known): (?P<known>.*)\.",
         "没有哪篇文章的署名含有“{name}”。这里有：{known}。"),
        (r"There is no collection “(?P<name>.*)”\. (?:Nearest|Known): (?P<known>.*)\.",
         "没有名为“{name}”的文集。这里有：{known}。"),
        (r"\d+ questions are being answered or waiting\. .*", "等着回答的问题太多了。请过几秒钟再问。"),
        (r"No document is called “(?P<name>.*)”\. (?:Nearest|Known): (?P<known>.*)\.",
         "没有名为“{name}”的文件。这里有：{known}。"),
        (r"The store holds no documents yet\. .*", "还没有任何文件。请先建立索引：wenju index 文件夹"),
        # Of the store of documents.
        (r"There is no index(?: in (?P<path>.*))?\. Build one: .*", "没有找到索引{at}。请先建立：wenju index 文件夹"),
        (r"The index(?: in (?P<path>.*))? is gone\. .*",
         "索引不见了{at}。请把它放回去，或重新建立：wenju index 文件夹"),
        (r"The index(?: in .*)? was made with the model (?P<made>.*) \(\d+ dimensions\), not with .*",
         "现在的索引是用另一个模型（{made}）建立的。请换回那个模型，或用现在的模型另建一个索引。"),
        (r"The store(?: (?P<path>.*))? is damaged \(.*\)\. .*",
         "索引损坏了{at}。请把它移走，再重新建立：wenju index 文件夹"),
        (r"The disk that holds the store(?: .*)? is full; .*", "服务器的磁盘满了。请先腾出空间。"),
        (r"The store(?: .*)? cannot be (?:opened or written here|written) \(.*\)\. .*",
         "索引打不开，或者不能写入。请检查它所在文件夹的权限。"),
        (r"Another process is (?:busy with|writing to) the store\b.*", "另一个程序正在写入索引。请稍后再试。"),
        (r"The disk that holds the store(?: .*)? reports an error \(.*\); .*",
         "存放索引的磁盘报告错误。请检查磁盘和剩余空间。"),
        (r".* is not a Wenju store; .*",
         "那里的文件不是问据的索引，没有动它。请换一个位置：--store 文件夹"),
        (r"The store(?: .*)? is of version (?P<version>\d+); this Wenju reads version (?P<read>\d+)\. .*",
         "索引是第 {version} 版，这里的问据只能读第 {read} 版。请更新问据，或另建一个索引。"),
        # Of `qa.chat`: what a conversation, or the file that holds them, is refused for.
        (r"There is no such conversation any more\. .*", "没有这段对话了。请从列表中另选一段。"),
        (r"This conversation has been changed in another window since; nothing was replaced\. .*",
         "这段对话已在另一个窗口中改动，所以没有替换任何内容。请重新打开，看过之后再修改。"),
        (r"This conversation has (?P<most>\d+) questions already; more are not kept in one\. .*",
         "这段对话已有 {most} 个问题，不能再多了。请开始新的对话。"),
        (r"A conversation of (?P<count>\d+) questions cannot be kept; (?P<most>\d+) is the most\. .*",
         "有 {count} 个问题的对话无法保存，最多 {most} 个。"),
        (r"This conversation is kept already\. .*", "这段对话已经保存过了。请从列表中打开。"),
        (r"A question of (?P<length>\d+) characters is not kept; (?P<most>\d+) is the most\. .*",
         "有 {length} 个字符的问题不会保存，最多 {most} 个。请写得短一些。"),
        (r"This answer cannot be kept \(.*\)\. .*", "这个回答无法保存。请告诉我们。"),
        (r"The record of this question and its answer is damaged; .*",
         "这个问题和回答的记录损坏了，读不出来；其他的都还在。请再问一次。"),
        (r"Nothing more is kept: you have (?P<most>\d+) conversations already\. .*",
         "没有保存：您已有 {most} 段对话，不能再多了。请删除不再需要的。"),
        (r"Nothing more is kept: there are (?P<most>\d+) conversations on this server already\. .*",
         "没有保存：服务器上已有 {most} 段对话，不能再多了。请删除自己不再需要的，或联系管理员。"),
        (r"Nothing more is kept: the conversations on this server take (?P<most>\d+) MB already\. .*",
         "没有保存：服务器上的对话已占 {most} MB，不能再多了。请删除自己不再需要的，或联系管理员。"),
        (r"The title is empty\. .*", "标题是空的。请写一个标题。"),
        (r"The title has (?P<length>\d+) characters; (?P<most>\d+) is the most\. .*",
         "标题有 {length} 个字符，最多 {most} 个。请写得短一些。"),
        (r"The note has (?P<length>\d+) characters; (?P<most>\d+) is the most\. .*",
         "留言有 {length} 个字符，最多 {most} 个。请写得短一些。"),
        (r"(?P<rating>\S+) is not a rating\. .*", "{rating} 不是评价。好是 1，不好是 -1，都不是则为 0。"),
        (r"The file has (?P<size>\d+) MB; (?P<most>\d+) MB is the most for a conversation\. .*",
         "文件有 {size} MB，一段对话最多 {most} MB。请选择由问据导出的 JSON 文件。"),
        (r"This file is not JSON \(.*\)\. .*", "这个文件不是 JSON。请选择由问据导出的 JSON 文件。"),
        (r"This file is not a conversation that Wenju exported \(.*\)\. .*",
         "这个文件不是由问据导出的对话。请选择由问据导出的 JSON 文件。"),
        (r"This conversation was exported as version (?P<version>\d+); this Wenju reads version (?P<read>\d+)\. .*",
         "这段对话是用第 {version} 版格式导出的，这里的问据只能读第 {read} 版。请更新问据。"),
        (r"The file of conversations(?: (?P<path>.*))? cannot be made or written \(.*\)\. .*",
         "对话文件{at}无法建立或写入。请检查文件夹的权限和剩余空间，或换一个位置：--store 文件夹"),
        (r"There is no room left for the file of conversations(?: (?P<path>.*))?; what .*",
         "对话文件{at}没有空间了，此前保存的内容还在。请在磁盘上腾出空间。"),
        (r"Another process is busy with the file of conversations(?: (?P<path>.*))?\. Wait .*",
         "另一个进程正在写对话文件{at}。请稍等再试。"),
        (r"The disk of the file of conversations(?: (?P<path>.*))? reports an error \(.*\)\. .*",
         "存放对话文件{at}的磁盘报告错误。请检查磁盘和剩余空间。"),
        (r"The file of conversations(?: (?P<path>.*))? is closed already\. .*",
         "对话文件{at}已经关闭。请重新启动问据。"),
        (r"The file of conversations(?: (?P<path>.*))? is damaged \(.*\)\. .*",
         "对话文件{at}已损坏。请把它移走，再重新启动问据，会建立一个新的。"),
        (r"The file of conversations(?: (?P<path>.*))? is of version (?P<version>\d+); this Wenju reads "
         r"version (?P<read>\d+)\. .*",
         "对话文件{at}是第 {version} 版，这里的问据只能读第 {read} 版。请更新问据，或把文件移走。"),
        (r"(?:The file|(?P<path>.*)) is not a file of conversations; it was left as it is\. .*",
         "那里的文件{at}不是对话文件，没有动它。请把它移走，或换一个位置：--store 文件夹"),
    )
)  # fmt: skip


def in_language(sentence: str, language: Language) -> str:
    """Return an English sentence of ours in this language, or as it is where no translation is known."""
    if language == "en":
        return sentence
    for pattern, chinese in _SENTENCES:
        match = pattern.fullmatch(sentence)
        if match is not None:
            path = match.groupdict().get("path")
            return chinese.format(**match.groupdict(), at=f"（{path}）" if path else "")
    return sentence
