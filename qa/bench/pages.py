"""Newspaper pages made up from word lists, clean and damaged, of any size: what cleaning is timed on.

The same seed gives the same text. Nobody in it is real, and no sentence says anything; names, figures and order differ
from one to the next, so that hardly two paragraphs are equal.
"""

from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import opencc

from qa.corpus.pinyin import usual_reading

_PLACES = "镇 街道 村 县 区 市 乡 社区".split()
_SURNAMES, _GIVEN = "陈林周吴郑何罗梁宋谢唐韩冯邓曹彭曾萧田董", "建国小满秋生文彬玉兰春明海燕志远晓棠立冬佩云振邦念慈"
_OFFICES = "镇长 副市长 农业农村局局长 水利局工程师 村党支部书记 校长 医院护士长 合作社理事长 项目负责人 居民".split()
_TIMES = "今年以来 上个月 从去年秋天开始 截至目前 昨天上午 入夏之后 本周末 三年前 记者采访当天 工程完工以后".split()
_UNITS = "公里 万元 户人家 名学生 亩茶园 台设备 次检查 个停车位 吨化肥 封来信".split()
_WORDS = (
    "山坡 水渠 田埂 桥面 路灯 河岸 果园 菜地 茶叶 稻谷 小麦 玉米 大豆 棉花 油菜 鱼塘 水库 泵站 堤坝 仓库 车站 码头 "
    "渡口 公园 广场 学校 教室 操场 图书 课桌 食堂 医院 药房 病床 护士 医生 老人 孩子 邻居 村民 工人 师傅 司机 店主 "
    "游客 学生 老师 厂房 机器 设备 电缆 管道 阀门 水表 电表 屋顶 门窗 围墙 楼梯 电梯 走廊 台阶 花坛 草坪 树苗 竹林 "
    "松树 柳树 桃花 荷花 早晨 傍晚 夜里 春天 夏天 秋天 冬天 雨水 大风 积雪 道路 班车 票价 时刻 路线 站牌 集市 摊位 "
    "价格 收入 支出 账本 合同 订单 包裹 信件 报纸 会议 名单 计划 进度 图纸 标准 质量 安全 检查 修补 更换 清理 搬运 "
    "安装 测量 登记 发放 领取 种植 收割 晾晒 灌溉 施肥 除草 运输 销售 采购 培训 讲解 参观 排队 等候 商量 投票 公布 "
    "讨论 整齐 干净 明亮 宽敞 平稳 结实 新鲜 便宜 方便 认真 耐心 热闹 安静 缓慢 及时 陆续 继续 重新 首次 全部 一半 "
    "附近 对面 旁边 中间 东侧 西侧"
).split()
"""So many that hardly a dozen characters come twice in the same order."""

_ENGLISH = (
    "the new library", "a small ferry", "the town council", "every second farm", "our school garden", "the river path",
    "the evening market", "an old mill", "the bus company", "a group of neighbours", "the clinic", "the harvest",
)  # fmt: skip
_DOES = (
    "has opened again after", "was repaired by", "will be paid for with", "stands quietly beside", "does not yet need",
    "is watched over by", "has been waiting for", "sold more than", "was first planned with", "depends each year on",
)  # fmt: skip

Maker = Callable[[Random], str]


def page_text(kind: str, size: int, *, seed: int = 0) -> str:
    """Return pages of one kind.

    Args:
        kind: A key of `KINDS`.
        size: Bytes of UTF-8 that the text reaches; it ends with the article that reaches them.
        seed: Another one gives other pages.
    """
    random = Random(f"{kind} {seed}")
    make = KINDS[kind]
    articles = []
    done = 0
    while done < size:
        articles.append(make(random))
        done += len(articles[-1].encode())
    return "".join(articles)


def _name(random: Random) -> str:
    return random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, 2))


def _phrase(random: Random, count: int) -> str:
    return "".join(random.choices(_WORDS, k=count))


def _place(random: Random) -> str:
    return random.choice(_WORDS) + random.choice(_PLACES)


def _figure(random: Random) -> str:
    return f"{random.randint(2, 9800)}{random.choice(_UNITS)}"


def _sentence(random: Random) -> str:
    form = random.randrange(4)
    if form == 0:
        subject = f"{_place(random)}的{_phrase(random, 4)}"
        return f"{random.choice(_TIMES)},{subject}了{_figure(random)},{_phrase(random, 6)}。"
    if form == 1:
        speaker = f"{_place(random)}{random.choice(_OFFICES)}{_name(random)}"
        return f"“{_phrase(random, 5)},”{speaker}说,{_phrase(random, 3)}要用{_figure(random)}。"
    if form == 2:
        share = f"{random.randint(3, 97)}.{random.randint(1, 9)}%"
        return f"{_phrase(random, 5)}和{_phrase(random, 2)}共{_figure(random)},其中{share}在{_place(random)}。"
    day = f"{random.randint(1, 12)}月{random.randint(1, 28)}日"
    return f"{day},{_name(random)}来到{_place(random)}查看{_phrase(random, 3)},{_phrase(random, 7)}。"


def _paragraph(random: Random) -> str:
    return "".join(_sentence(random) for _ in range(random.randint(2, 6)))


def _headline(random: Random) -> str:
    return f"{_place(random)}{_phrase(random, 3)} {_phrase(random, 2)}{_figure(random)}"


def _article(random: Random) -> list[str]:
    """Return the lines of one article: headline, caption, dateline, paragraphs, and at times its source."""
    lines = [_headline(random)]
    if random.random() < 0.3:
        lines.append(f"来源:{_phrase(random, 1)}日报 2023-{random.randint(1, 12):02}-{random.randint(1, 28):02}")
    if random.random() < 0.4:
        lines += [f"{_phrase(random, 4)}一角。", f"{_name(random)} 摄"]
    lines.append(f"本报讯(记者{_name(random)}){_paragraph(random)}")
    lines += [_paragraph(random) for _ in range(random.randint(2, 9))]
    return lines


def _clean(random: Random) -> str:
    return "\n\n".join(_article(random)) + "\n\n"


def _repeated(random: Random) -> str:
    """A page whose paragraphs come again, whole or as the glued tail of another one."""
    lines = _article(random)
    body = lines[-4:]
    for _ in range(3):
        line = random.choice(body)
        lines.insert(random.randint(len(lines) - 2, len(lines)), line)
    cut = random.choice(body)[:-7]
    return "\n\n".join([*lines, cut, random.choice(body)[:40] + cut[-30:], "出了门。"]) + "\n\n"


def _broken(random: Random) -> str:
    """A page whose columns tear paragraphs apart in mid-sentence."""
    lines = []
    for line in _article(random):
        rest = line
        while len(rest) > 60:
            at = random.randint(30, 55)
            lines.append(rest[:at])
            rest = rest[at:]
        lines.append(rest)
    return "\n\n".join(lines) + "\n\n"


def _wrapped(random: Random) -> str:
    """A page that is wrapped at a fixed width, with a blank line between paragraphs."""
    return "\n\n".join("\n".join(_wrap(line, 64)) for line in _article(random)) + "\n\n"


def _wrap(line: str, width: int) -> Iterator[str]:
    """Yield pieces of a line that are not wider than this, in columns."""
    start = used = 0
    for at, character in enumerate(line):
        used += 2 if character > "\u2000" else 1
        if used > width:
            yield line[start:at]
            start, used = at, 2
    yield line[start:]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _traditional(random: Random) -> str:
    """A Traditional page with pinyin inserted after characters that differ, and some of them lost."""
    simplified = _clean(random)
    damaged = []
    for before, after in zip(simplified, _converter().convert(simplified), strict=False):
        damaged.append(after)
        if before != after and random.random() < 0.4:
            damaged.append(f"({usual_reading(after)})" if random.random() < 0.99 else "?")
    return "".join(damaged)


def _english_sentence(random: Random) -> str:
    first, second, third, fourth = random.choices(_ENGLISH, k=4)
    does, more = random.choices(_DOES, k=2)
    return f"{first} {does} {second}, and {third} {more} {fourth} for {random.randint(2, 9800)} days.".capitalize()


def _english(random: Random) -> str:
    lines = [f"{random.choice(_ENGLISH).title()} {random.randint(2, 9800)}"]
    for _ in range(random.randint(3, 9)):
        sentences = [_english_sentence(random) for _ in range(random.randint(2, 6))]
        lines.append(" ".join(sentences))
    return "\n\n".join(lines) + "\n\n"


def _mixed(random: Random) -> str:
    return random.choice((_clean, _clean, _repeated, _broken))(random)


KINDS: dict[str, Maker] = {
    "clean": _clean,
    "repeated": _repeated,
    "broken": _broken,
    "wrapped": _wrapped,
    "traditional": _traditional,
    "english": _english,
    "mixed": _mixed,
}
