"""Tell the furniture of a web site from the text of an article: navigation, sharing, neighbours, notices of rights.

Looks at one line at a time; what stands around it is weighed by `qa.corpus.roles`.
"""

import re

MAX_NAVIGATION = 120
MAX_NOTICE = 250
MAX_IN_BAR = 8
"""Characters."""

KNOWN_SHARE = 0.6
"""Share of the words of a bar of navigation that are known."""

_SECTIONS = frozenset(
    "新闻 要闻 本地 社会 民生 时政 财经 教育 文化 体育 娱乐 健康 旅游 科技 视频 图片 专题 交通 政务公开 信息公开 "
    "办事服务 政务服务 互动交流 "
    "新闻中心 微信 微博 新浪微博 朋友圈 QQ 豆瓣 抖音 赞 踩 回复 大 中 小 大号 中号 小号 默认 超大 更多 复制 帮助 "
    "无障碍 English 中文 "
    "News Local Sport Sports Opinion Contact About Comments Facebook Twitter WhatsApp Telegram".split()
)
"""Names of parts of a site, and words for what can be done with a page, that can stand alone in a paper as well."""

_ACTIONS = frozenset(
    "全部 首页 主页 网站首页 正文 返回 返回首页 返回顶部 回到顶部 顶部 返回列表 设为首页 加入收藏 收藏本站 网站简介 "
    "联系方式 在线投稿 关于我们 联系我们 网站地图 广告服务 广告合作 加入我们 法律声明 "
    "隐私政策 友情链接 站内搜索 搜索 登录 登陆 注册 退出 手机版 电脑版 简体 繁體 查看更多 加载更多 展开 收起 展开全文 "
    "阅读全文 "
    "分享 分享到 分享至 转发 收藏 点赞 举报 纠错 我要纠错 我要评论 写评论 发表评论 打赏 打印 打印本页 打印文章 关闭 "
    "关闭窗口 关闭本页 "
    "评论 复制链接 微信好友 微信朋友圈 QQ空间 QQ好友 人人网 字体 字号 扫一扫 点击查看 "
    "上一篇 下一篇 上一条 下一条 上一页 下一页 上一版 下一版 上一期 下一期 末页 尾页 标题导航 版面导航 往期回顾 "
    "本版导读 今日导读 版面导读 本期导读 导读 目录 "
    "Home Share Tweet Print Email Search Login Menu Back Next Previous Subscribe Advertisement".split()
)
"""Words that stand on no line of an article alone or with others of their kind."""

_FIRST = frozenset(word[0] for word in _ACTIONS | _SECTIONS)
_NUMBERS = re.compile(r"\d+(?:次|条|人|个|℃)?")
_BETWEEN = re.compile(r"[\s　>＞»›→|｜/·•—()（）\[\]【】<《》:：,，、-]+")

_BREADCRUMB = re.compile(
    r"[您你]?(?:的|当前|现在|所在){1,3}位置\s*[:：]|(?:网站)?(?:首页|主页)\s*[>＞»›→/|｜—-]|Home\s*[>»›/|]"
    r"|[^>＞»›→。,，]{1,14}(?:\s*[>＞»›→]\s*[^>＞»›→。,，]{1,14}){2,6}$"
)
_BAR = re.compile(r"\S[^|｜·]{0,11}(?:\s*[|｜·]\s*|\s+[-–]\s+)")
_RIGHTS = re.compile(
    r"版权所有|版权声明|未经.{0,12}(?:授权|许可|同意|允许).{0,8}(?:不得|禁止|严禁|请勿).{0,4}(?:转载|摘编|复制|使用"
    r"|镜像|转贴)"
    r"|[Aa]ll [Rr]ights [Rr]eserved|^©|^Copyright\b|转载请注明|如需转载|ICP备|网安备|备案号\s*[:：]"
)
_DISCLAIMER = re.compile(
    r"^[(（【]?(?:免责声明|郑重声明|特别声明|本(?:网|站)声明)|不代表本(?:网|站|报|刊|平台)(?:的?观点|立场|赞同)"
    r"|仅代表作者(?:个人|本人)|仅供其?(?:个人)?(?:表达|参考)|并?不(?:表明|意味着)本?(?:网|站)"
    r"|^凡(?:本网)?注明.{0,30}来源"
)
_NOTICE_WORDS = (
    "版权",
    "未经",
    "ights ",
    "©",
    "Copyright",
    "转载",
    "备案",
    "网安备",
    "ICP",
    "声明",
    "代表",
    "注明",
    "仅供",
    "表明",
)
"""Every notice holds one of them; to look for them is quicker than to look for a notice."""

_NEIGHBOUR = re.compile(
    r"(?:[上下前后]一(?:篇|条|页|则|版)|相关(?:阅读|新闻|链接|文章|报道)|Tags?|Filed under|标签|关键[词字])\s*[:：]"
)
_RELATED = re.compile(
    r"[【\[]?(?:相关(?:阅读|新闻|文章|报道|推荐|内容)|延伸阅读|推荐阅读|热门推荐|热点推荐|为您推荐|猜你喜欢"
    r"|大家都在看|精彩推荐|热门文章"
    r"|最新文章|热点新闻|更多新闻|点击排行|阅读排行|今日热点|Related (?:stories|articles|news|links)|Most (?:read"
    r"|popular)"
    r"|More (?:news|stories)|You may also like|Read (?:more|next))[】\]]?\s*[:：]?(?:更多)?$",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"(?:分享|转发)(?:到|至|给)?\s*[:：]|(?:用?微信)?扫(?:一扫|码|描)|(?:长按|点击|戳).{0,14}(?:关注|下载|识别|查看"
    r"|进入|阅读原文)"
    r"|关注.{0,14}(?:公众号|微信|微博)|(?:打开|下载).{0,12}(?:APP|App|客户端)|原标题\s*[:：]"
    r"|(?:点赞|阅读|评论|收藏|浏览|转发|点击)(?:量|数|次数)?\s*[(（:：]?\s*\d+"
    r"|分享让更多人看到|(?:(?:主办|承办|主管|协办|运维|建设)(?:单位|方)?|技术支持|网站标识码)\s*[:：]"
    r"|(?:Share this|Follow us|Sign up (?:for|to)|Skip to (?:main )?content|Back to top|Leave a comment|\d+ comments?$)"
)
_CONTENTS = re.compile(
    r"(?:In this (?:issue|edition)|Inside(?: today| this (?:week|issue))?|Contents|Index)\s*[:：]?$", re.IGNORECASE
)
_CLOSING = ("打印", "打印本页", "打印文章", "关闭", "关闭窗口", "关闭本页", "返回列表")


def is_site(text: str) -> bool:
    """Return whether a line belongs to the web site around an article."""
    if len(text) <= MAX_NOTICE and _is_notice(text):
        return True
    if len(text) > MAX_NAVIGATION:
        return False
    return any(
        pattern.match(text) for pattern in (_NEIGHBOUR, _RELATED, _ACTION, _BREADCRUMB, _CONTENTS)
    ) or _is_navigation(text)


def is_related(text: str) -> bool:
    """Return whether a line heads a list of other articles."""
    return _RELATED.match(text) is not None


def ends_page(text: str) -> bool:
    """Return whether a line of furniture stands above or below a whole article, and never inside of one."""
    if any(pattern.match(text) for pattern in (_NEIGHBOUR, _RELATED, _BREADCRUMB)) or _is_notice(text):
        return True
    return any(word in _CLOSING for word in _BETWEEN.split(text))


def _is_notice(text: str) -> bool:
    if not any(map(text.__contains__, _NOTICE_WORDS)):
        return False
    return _RIGHTS.search(text) is not None or _DISCLAIMER.search(text) is not None


def _is_navigation(text: str) -> bool:
    if text.lstrip("([【（<《 　·|-")[:1] not in _FIRST and not _BAR.match(text):
        return False
    words = [word for word in _BETWEEN.split(text) if word and not _NUMBERS.fullmatch(word)]
    if not any(word in _ACTIONS for word in words):
        return False
    bar = len(words) > 2 and _BAR.match(text) is not None and max(map(len, words)) <= MAX_IN_BAR
    known = sum(1 for word in words if word in _ACTIONS or word in _SECTIONS)
    return bar or known == len(words) or (known > 2 and known >= KNOWN_SHARE * len(words))
