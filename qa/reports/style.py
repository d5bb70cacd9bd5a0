"""How the page of `wenju index --report` looks, light and dark, on a wide screen, a phone and on paper."""

from qa.corpus.repairs import RepairKind

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --paper: #fcfbf8; --card: #fff; --faint: #5f6b78; --line: #dcd8cf;
  --gone: #a8323e; --gone-paper: #fbe6e6; --new: #17695a; --new-paper: #ddf2ea; --sign: #2f6f8f; --aside: #efece5;
  --flag: #6b4700; --flag-paper: #ffd97a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e5df; --paper: #14181d; --card: #1b2027; --faint: #9aa5b1;
  --line: #343c46; --gone: #ff9d9d; --gone-paper: #45242a; --new: #7fdcc0; --new-paper: #173a33; --sign: #7fc1e0;
  --aside: #252b33; --flag: #ffe1a0; --flag-paper: #6a4d0e; } }
* { box-sizing: border-box; }
body { font: 16px/1.65 system-ui, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  color: var(--ink); background: var(--paper); max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
p { margin: .4rem 0; } .faint { color: var(--faint); font-size: .85rem; }
dl.sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .6rem; margin: 1rem 0; }
dl.sums div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .8rem; }
dl.sums dt { color: var(--faint); font-size: .8rem; } dl.sums dd { margin: 0; font-size: 1.35rem; line-height: 1.3; }
table { border-collapse: collapse; font-size: .88rem; } .wide { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--faint); font-weight: normal; font-size: .8rem; }
td:nth-child(2) { min-width: 13rem; } .articles td:nth-child(n + 3):nth-child(-n + 5) { min-width: 6.5rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
ul.files { list-style: none; margin: 0; padding: 0; } li.same { padding: .35rem .9rem; overflow-wrap: anywhere; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; }
summary { cursor: pointer; padding: .6rem .9rem; overflow-wrap: anywhere; }
details[open] > summary { border-bottom: 1px solid var(--line); }
summary b, li.same b { margin-right: .6rem; } .inside { padding: .4rem .9rem 1rem; }
.sides { margin-top: 1rem; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.6rem; padding: .45rem 0;
  border-top: 1px solid var(--line); }
.row > div { overflow-wrap: anywhere; min-width: 0; } .row.same > div { grid-column: 1 / -1; color: var(--faint); }
.row.names { border-top: 0; color: var(--faint); font-size: .8rem; padding: 0; }
.row.starts { border-top: 2px solid var(--ink); }
.row > .tag { grid-column: 1 / -1; margin: 0; color: var(--faint); font-size: .75rem; line-height: 1.4; }
del, ins, mark { border-radius: .2rem; }
del { color: var(--gone); background: var(--gone-paper); text-decoration: line-through 1px; }
ins { color: var(--new); background: var(--new-paper); text-decoration: none; }
del.traditional, ins.traditional { color: inherit; background: none; text-underline-offset: .2em; }
del.traditional { text-decoration: underline dotted var(--gone) 2px; }
ins.traditional { text-decoration: underline dotted var(--new) 2px; }
del.joined { color: var(--sign); background: none; text-decoration: none; }
ins.joined { color: var(--sign); background: none; } ins.joined::before { content: "\\203f"; }
del.left_out, del.fields, del.markup { color: var(--faint); background: var(--aside); }
del.fields { text-decoration: none; }
mark { color: var(--flag); background: var(--flag-paper); outline: 1px solid var(--flag); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; font-size: .85rem; padding: 0; list-style: none; }
@media (max-width: 44rem) {
  .row { grid-template-columns: 1fr; gap: .35rem; } .row.names { display: none; }
  .row:not(.same) > .repaired { border-left: 3px solid var(--new); padding-left: .6rem; }
  .row > .repaired:empty { display: none; }
  .row:not(.same) > .source { border-left: 3px solid var(--line); padding-left: .6rem; }
}
@media print { details { break-inside: auto; } }
"""


def class_of(kind: RepairKind) -> str:
    """Return the name of a kind in the style sheet."""
    return kind.name.lower()
