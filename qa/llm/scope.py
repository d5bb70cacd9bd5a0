"""Words around a clause that change what it says: if, said, planned, denied; and words that turn it round: not, over.

A clause that stands beyond such a word is no claim of the document. Strict on purpose: 说 in 小说 counts as well.
"""

import re

# Before a clause, in its sentence: what follows is said, wished, planned or supposed.
_BEFORE = re.compile(
    "如果|若|假如|假设|倘若|一旦|只要|只有|除非|除了|要是|即使|认为|声称|宣称|自称|传[闻言说]|[据网]传|谣|怀疑|质疑|猜测|估计|说|称|表示|指出"
    "|强调|透露|告诉|提出|建议|希望|呼吁|要求|承诺|保证|计划|拟|规划|预计|预期|力争|争取|目标|确保|将|有望|可能|或许|也许|不|没|未|否认|无|非"
    "|为了|以便|应[当该]|[须需必]|避免|防止|禁止|据(?!悉|了解|介绍)|谎|假|误|疑似|涉嫌|原[定计拟]|此前|曾"
    "|指令|提示|命令|回答|回复|输出|请|务必|忽略|无视"
    r"|\b(?:if|unless|whether|claim\w*|alleg\w*|believ\w*|said|says?|saying|told|tells?|according|think\w*|thought|report\w*|plan\w*"
    r"|will|would|expect\w*|propos\w*|may|might|could|should|must|hop\w*|want\w*|not|no|never|den\w+|rumou?r\w*|supposed\w*|intend\w*"
    r"|suspect\w*|aim\w*|before|until|had|instead|without|prevent\w*|false\w*|n't|ignore|disregard|answer|reply|respond|output|write|pretend|system"
    r"|instruction\w*|prompt)\b"
)
# After it: what came before is taken back, or somebody else's words.
_AFTER = re.compile(
    "但|不过|然而|除外|除非|仅限|只限|前提|条件|不实|谣|虚假|假的|否认|并非|未[能获经被曾]|没有|不[属符]|无法|取消|推迟|误|说|表示|称|传[闻言]|认为|作废|撤"
    r"|\b(?:untrue|false\w*|den\w+|not|never|said|says?|claim\w*|alleg\w*|rumou?r\w*|cancel\w*|postpon\w*|hoax|according|thinks?|believ\w*"
    r"|but|however|except|unless|provided|if)\b"
)
# In the sentences around it; beside an order to a language model nothing is taken for what the document says.
_AROUND = re.compile(
    "不实|谣|虚假|假消息|假新闻|否认|并非如此|并非事实|不符|更正|勘误|撤[回销]|不属实|不准确"
    "|指令|提示词|系统提示|密钥|新任务|(?:忽略|无视)[^。]{0,8}(?:以上|之前|上述|前面|规则)"
    r"|\b(?:untrue|false|den(?:y|ies|ied)|not true|rumou?r\w*|hoax|retract\w*|correction|fake|incorrect|ignore"
    r"|disregard|instructions?|prompt|jailbreak|system message|api key)\b"
)
_TURNING = re.compile(
    "不足|不到|不超|不低于|不少于|超过|多于|高于|低于|少于|大于|小于|以上|以下|以内|以外|至少|至多|最多|最少|最[高低大小]|近(?=[#%])|约|左右|上下"
    "|增|升|涨|提高|扩大|减|降|跌|下滑|缩|不|没|未|无|非|(?<!是)否|莫|勿|别|禁|拒|反对|支持|赞成|前|后|先"
    r"|\b(?:not|no|never|none|neither|nor|without|n't|cannot|over|under|above|below|more|less|fewer|least|most|about|nearly|almost|up"
    r"|down|rose|fell|ris\w+|fall\w*|increas\w*|decreas\w*|grew|grow\w*|drop\w*|before|after|only|former|deputy|refus\w*|reject\w*|fail\w*)\b"
    r"|\b[a-z]{1,12}n['’]t\b"
)
# At the end of a clause: the next one is what was said, asked for or found.
_GOVERNS = re.compile(
    "(?:说|称|道|表示|指出|强调|认为|透露|介绍|要求|提出|建议|希望|宣布|告诉|坦言|规定|显示|发现|获悉|了解到|证明|承诺|看到|知道|即|是)$"
)
_OPEN, _CLOSED = "“「『", "”」』"


def bars_before(text: str) -> bool:
    """Tell whether a folded clause, left out, may hold sway over what follows it."""
    return _BEFORE.search(text) is not None


def bars_after(text: str) -> bool:
    """Tell whether a folded clause, left out, may take back what stands before it."""
    return _AFTER.search(text) is not None


def bars_around(text: str) -> bool:
    """Tell whether a neighbouring folded sentence may say that the one beside it is untrue."""
    return _AROUND.search(text) is not None


def governs(text: str, follower: str) -> bool:
    """Tell whether a folded clause is only said together with the next one; `follower` is the sign between them."""
    return follower == ":" or _GOVERNS.search(text.rstrip('"“ ')) is not None


def turning_words(text: str) -> frozenset[str]:
    """Return the words of a folded text that negate or compare."""
    return frozenset(match.group() for match in _TURNING.finditer(text))


def is_spoken(before: str) -> bool:
    """Tell whether what follows a text stands inside of quotation marks that opened in it."""
    opened = sum(before.count(mark) for mark in _OPEN) > sum(before.count(mark) for mark in _CLOSED)
    return opened or before.count('"') % 2 == 1
