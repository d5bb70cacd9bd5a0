"""Surnames, to tell a name that stands alone from other short words.

Knows only what the old list of a hundred families knows; a name in running text is not looked for here.
"""

import re

from qa.corpus.characters import HAN

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛"
    "雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁"
    "荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿"
    "白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴郁胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习"
    "宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后"
    "荆红游竺权逯盖益桓公肖付闫岳仝苑丛覃佟涂楚卿冼门矫迟修佘代刑展初战由海牟旷宾谌晋仉税官原苟亓种鹿练帅揭庹操植漆"
)
COMPOUND_SURNAMES = (
    "欧阳|司马|上官|诸葛|夏侯|东方|尉迟|公孙|令狐|慕容|宇文|司徒|皇甫|长孙|端木|南宫|西门|独孤|轩辕|闾丘|百里|东郭|呼延"
)

_NAME = re.compile(
    rf"(?:(?:{COMPOUND_SURNAMES})[{HAN}]{{1,2}}|[{SURNAMES}][{HAN}]{{1,2}}|[{HAN}]{{2,6}}·[{HAN}]{{2,8}})"
)
_SPACED = re.compile(rf"[{SURNAMES}][ 　]{{1,2}}[{HAN}]")


def is_name(text: str) -> bool:
    """Return whether a text can be one person's name; `李 明`, spread to three places, counts."""
    return _NAME.fullmatch(text) is not None or _SPACED.fullmatch(text) is not None


def are_names(text: str) -> bool:
    """Return whether a text is nothing but names, parted by blanks or commas."""
    words = [word for word in re.split("[ 　、,，]+", text) if word]
    return is_name(text) or (bool(words) and all(is_name(word) for word in words))
