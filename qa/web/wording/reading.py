"""What is said of files that were read or not: sentences of the readers in Chinese, and a remedy for each in both."""

import re
from collections.abc import Mapping

_AGAIN = ("Save or download the file again, and bring that.", "请重新保存或下载这个文件，再传一次。")
_UNLOCKED = ("Save it without a password, and bring that.", "请另存为不带密码的文件，再传一次。")
_AS_TEXT = ("Save its text as UTF-8 (.txt), and bring that.", "请把文字另存为 UTF-8 文本（.txt），再传一次。")
_SPLIT = ("Split it into several files.", "请拆成几个文件。")
_FORMATS = (
    "Bring .txt, .md, .pdf, .docx, .html, .epub, .csv, .xlsx, .json or .jsonl.",
    "可以传 .txt、.md、.pdf、.docx、.html、.epub、.csv、.xlsx、.json 和 .jsonl。",
)
_LATER = ("Try again in a moment.", "请稍后再试。")
_RENAMED = ("Choose another name for the collection.", "请给文集换一个名字。")
_FROM_FOLDER = (
    "Remove the file from that folder, and index the folder again.",
    "请从那个文件夹里删掉文件，再重新建立索引。",
)
_LOAD = ("Load the page again.", "请刷新页面。")

# A sentence of ours (`qa.corpus`, `qa.shelf`, …) without its own remedy, the same in Chinese, and a remedy in both.
REASONS: tuple[tuple[re.Pattern[str], str, tuple[str, str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), chinese, remedy)
    for pattern, chinese, remedy in (
        (r"The file is empty\.", "文件是空的。", ("Bring the file that you meant.", "请检查是不是选错了文件。")),
        (r"no suffix: this format is not read yet\.", "文件名没有后缀，不知道是什么格式。", _FORMATS),
        (r"(?P<suffix>\.\S*): this format is not read yet\.", "还不能读 {suffix} 格式。", _FORMATS),
        (
            r"The file has (?P<size>\d+) MB, more than the limit of (?P<most>\d+) MB; split it\.",
            "文件有 {size} MB，超过 {most} MB 的上限。", _SPLIT,
        ),
        (r"The file holds more than (?P<most>\d+) MB of text; split it\.", "文件里的文字超过 {most} MB。", _SPLIT),
        (r"The (?:file|PDF) is encrypted: it opens with a password only\.", "文件加了密，要密码才能打开。", _UNLOCKED),
        (
            r"The e-book is encrypted: .*", "电子书带有版权保护，只有特定的阅读器能打开。",
            ("Bring a version without copy protection.", "请传没有版权保护的版本。"),
        ),
        (r"This is no PDF file, or it is damaged beyond repair\.", "这不是 PDF 文件，或者已经损坏。", _AGAIN),
        (
            r"No text layer: .*", "里面没有文字，只有图片。",
            ("Run text recognition (OCR) over it first.", "请先做文字识别（OCR），再传识别后的文件。"),
        ),
        (r"This is no Word document, or it is damaged\.", "这不是 Word 文档，或者已经损坏。", _AGAIN),
        (r"This is no e-book, or it is damaged\.", "这不是电子书，或者已经损坏。", _AGAIN),
        (r"The workbook is damaged \(.*\)\.", "表格文件已经损坏。", _AGAIN),
        (r"This is an old office document, not .*\.", "这是旧版的 Office 文件。",
         ("Save it in the new format (.docx, .xlsx).", "请另存为新格式（.docx、.xlsx），再传一次。")),
        (r"This is a ZIP archive, not .*\.", "这是压缩包，不是它的后缀所说的文件。",
         ("Unpack it, and bring what is in it.", "请解压以后，传里面的文件。")),
        (r"This is not a .*, or it is damaged\.", "文件内容和后缀不符，或者已经损坏。", _AGAIN),
        (r"The file holds (?P<parts>\d+) parts, more than the limit of (?P<most>\d+)\.",
         "文件里有 {parts} 个部分，超过 {most} 个的上限。", _AS_TEXT),
        (r"The file is (?P<size>\d+) MB unpacked, more than the limit of (?P<most>\d+) MB\.",
         "文件解压以后有 {size} MB，超过 {most} MB 的上限。", _AS_TEXT),
        (r"A part is (?P<size>\d+) MB unpacked, more than the limit of (?P<most>\d+) MB\.",
         "文件里有一部分解压以后有 {size} MB，超过 {most} MB 的上限。", _AS_TEXT),
        (r"A part grows (?P<times>\d+) times when it is unpacked, as in a zip bomb\.",
         "文件里有一部分解压以后会变大 {times} 倍，像压缩炸弹，没有打开。", _AS_TEXT),
        (r"This is (?P<kind>.*), not a text file\.", "这不是文本文件。", _AS_TEXT),
        (r"This is binary data, not text\.", "这是二进制数据，不是文字。", _AS_TEXT),
        (r"The bytes are not text in any known encoding\.", "认不出文字的编码。", _AS_TEXT),
        (r"The page holds no text; .*", "网页里没有文字，可能要打开以后才由脚本生成。",
         ("Open it in a browser, save the page as shown, and bring that.", "请在浏览器里打开，另存为网页，再传一次。")),
        (r"The elements of the page are nested too deep\.", "网页的结构嵌套得太深。", _AS_TEXT),
        (r"The table is empty\.", "表格是空的。", ("Bring the table that you meant.", "请检查是不是选错了文件。")),
        (r"The file nests objects too deeply\.", "JSON 嵌套得太深。", _AS_TEXT),
        (r"This is not JSON \(.*\)\.", "这不是 JSON，或者写得有错。", ("Correct the file.", "请改正文件，再传一次。")),
        (r"The parser took more than .*", "读这个文件花的时间太长，已经停下。", _AS_TEXT),
        (r"The parser needed more than .* of memory\.", "读这个文件要的内存太多，已经停下。", _AS_TEXT),
        (r"The parser .*", "读这个文件时出错，文件可能已经损坏。", _AGAIN),
        (r"The file changed while it was read\.", "读的时候文件被改动了。", _AGAIN),
        (r"The file cannot be read \(.*\)\.", "打不开这个文件。", _AGAIN),
        (r"The file cannot be kept \((?P<why>.*)\)\.", "文件没能保存到服务器上（{why}）。",
         ("Look at the free space and the permissions beside the store.", "请检查服务器的磁盘空间和权限。")),
        (r"The file did not arrive\.", "文件没有传到。", ("Bring it again.", "请再传一次。")),
        (r"More than (?P<most>\d+) files came at once\.", "一次最多传 {most} 个文件。",
         ("Bring this one next.", "这个文件请下一批再传。")),
        (r"It was removed before it was read\.", "还没读，就被删除了。",
         ("Bring it again if it is wanted after all.", "如果还要，请再传一次。")),
        (r"There is no document (?P<name>.*) in the store\.", "已经没有“{name}”了。", _LOAD),
        (r"The file of (?P<name>.*) is gone\.", "“{name}”的文件已经不在了。",
         ("Put it back, or remove the document; what was read can still be asked.",
          "请把文件放回去，或者删除这份文档；已经读到的内容仍然可以提问。")),
        (r"The documents of (?P<name>.*) come from a folder\.", "文集“{name}”里的文件来自文件夹。", _FROM_FOLDER),
        (r"(?P<name>.*) comes from a folder\.", "“{name}”来自文件夹。", _FROM_FOLDER),
        (r"The name of the collection is empty\.", "文集没有名字。", _RENAMED),
        (r"There is a collection (?P<name>.*) already\.", "已经有文集“{name}”了。", _RENAMED),
        (r"The store holds no collection (?P<name>.*)\.", "已经没有文集“{name}”了。", _LOAD),
        (r"The originals of the collection (?P<name>.*) cannot be moved \(.*\)\.", "文集“{name}”的原件移动不了。",
         ("Look at the permissions beside the store.", "请检查服务器上的权限。")),
        (r"'(?P<name>.*)' cannot name a collection: it holds a slash\.", "文集的名字“{name}”里有斜杠。", _RENAMED),
        (r"'(?P<name>.*)' cannot name a collection: it has (?P<count>\d+) characters, more than (?P<most>\d+)\.",
         "文集的名字有 {count} 个字，最多 {most} 个。", _RENAMED),
        (r"'(?P<name>.*)' cannot name a collection.*", "“{name}”不能用作文集的名字。", _RENAMED),
        (r"The store holds (?P<name>.*), which would be taken for a document of the collection (?P<into>.*?)\.",
         "已经有“{name}”，会和文集“{into}”里的文件混淆。", _RENAMED),
        (r"Another document is being read\.", "正在读另一份文件。", _LATER),
        (r"Another process is (?:writing to|busy with) the store\b.*", "另一个程序正在写入索引。", _LATER),
        (r"The disk that holds the store\b.* is full; .*", "服务器的磁盘满了。",
         ("Make room on it first.", "请先腾出空间。")),
        (r"You may read the documents here, but not change them\.", "您可以看这里的文件，但不能改动。",
         ("Ask whoever runs this server.", "需要的话，请联系管理员。")),
    )
)  # fmt: skip

# What had to be assumed while reading, and the same in Chinese.
ASSUMPTIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r"The encoding is not declared; (?P<name>\S+) fits best\.", "文件没有说明编码，按 {name} 读取。"),
        (r"(?P<count>\d+) characters are broken and shown as \ufffd\.", "有 {count} 个字符损坏，显示为 \ufffd。"),
        (
            r"(?P<count>\d+) characters are not valid UTF-8 and shown as \ufffd\.",
            "有 {count} 个字符不是有效的 UTF-8，显示为 \ufffd。",
        ),
        (r"(?P<count>\d+) chapters are missing in the file or cannot be read\.", "有 {count} 章缺失或读不出来。"),
        (r"The file is damaged; what could be found of its text was read\.", "文件有损坏，能找到的文字都读了。"),
        (r"Pages that cannot be read: (?P<pages>.*)\.", "读不出来的页：{pages}。"),
        (r"Pages that have no text layer: (?P<pages>.*)\.", "没有文字的页（多半是图片）：{pages}。"),
        (r"(?P<count>\d+) zero bytes were left out\.", "略去了 {count} 个空字节。"),
        (
            r"A quotation mark is not closed; all of them were taken for characters\.",
            "有引号没有配对，都当作普通字符。",
        ),
        (r"Some quotation marks stand where none belong\.", "有些引号的位置不对。"),
        (
            r"(?P<count>\d+) rows have more or fewer cells than the others, first row (?P<row>\d+); all are kept\.",
            "有 {count} 行的格数和其他行不同，第一处在第 {row} 行；都保留了。",
        ),
        (r"There is no column “(?P<name>.*)”; it was guessed\.", "没有“{name}”这一列，按内容推测。"),
        (r"Columns were taken so: (?P<columns>.*)\.", "各列的含义：{columns}。"),
        (
            r"(?P<count>\d+) lines are no JSON and were left out, the first is line (?P<line>\d+)\.",
            "有 {count} 行不是 JSON，已略去，第一处在第 {line} 行。",
        ),
        (r"Rows are counted on from sheet to sheet\.", "各工作表的行连续编号。"),
    )
)

COLUMN_WORDS: Mapping[str, str] = {
    " as the title": "＝标题", " as the subtitle": "＝副标题", " as the text": "＝正文", " as the date": "＝日期",
    " as the author": "＝作者", " as the publisher": "＝来源", ", ": "，", "number ": "第几列：",
}  # fmt: skip
