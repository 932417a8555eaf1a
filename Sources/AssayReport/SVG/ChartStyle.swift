/// The style sheet of all drawings, in a page and in files of their own.
enum ChartStyle {
  /// Colours as variables: the light ones, and the dark ones where the reader
  /// prefers them. The series' colours are told apart by people with the common
  /// kinds of colour blindness, in this order.
  static let colours: StaticString = """
    :root{color-scheme:light dark;--page:#f6f6f3;--surface:#fdfdfc;--ink:#141413;--soft:#52514e;\
    --faint:#75736d;--grid:#e6e5df;--axis:#b5b3aa;--border:rgba(20,20,19,.12);\
    --s1:#2a78d6;--s2:#dd5c27;--s3:#12936a;--s4:#b98200;--s5:#c9528b;--s6:#5a48b5;\
    --heat:#184f95;--meter:#cfe0f5;--truth:#0f9d6b;--hit:#2264d1;--extra:#d63a2f;--confused:#a5560a;--pass:#0a7a2a;--fail:#b3261e;--open:#8a5a00;\
    --pass-tint:#e3f4e6;--fail-tint:#fbe6e4;--open-tint:#fdf1d3;--none-tint:#ecebe6}
    @media (prefers-color-scheme:dark){:root{--page:#0f0f0e;--surface:#1a1a19;--ink:#f5f4f0;--soft:#c3c2b7;\
    --faint:#989690;--grid:#2e2e2b;--axis:#5d5c56;--border:rgba(255,255,255,.13);\
    --s1:#4b96ee;--s2:#e8743f;--s3:#2bb286;--s4:#d39a1c;--s5:#de6f9f;--s6:#9b90ee;\
    --heat:#2f74c9;--meter:#21385a;--pass:#57c878;--fail:#f2837b;--open:#e8b44c;\
    --pass-tint:#12301b;--fail-tint:#3b1715;--open-tint:#35270a;--none-tint:#2a2a28}}

    """

  static let marks: StaticString = """
    svg{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:12px}
    svg text{fill:var(--soft)}svg .tick{fill:var(--faint);font-variant-numeric:tabular-nums}
    svg .mid{text-anchor:middle}svg .end{text-anchor:end}svg .note{fill:var(--ink);font-weight:600}
    svg .caption{fill:var(--ink);font-size:14px;font-weight:600}
    svg .grid{stroke:var(--grid)}svg .axis{stroke:var(--axis)}
    svg .reference{stroke:var(--faint);stroke-dasharray:4 4}
    svg .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    svg .area{opacity:.1}svg .bar{opacity:.85}svg .ghost{opacity:.18}
    svg .dot{stroke:var(--surface);stroke-width:1.5}svg .cloud{opacity:.55}svg .tip{opacity:0}svg:hover .tip{opacity:1}
    svg .s0{stroke:var(--faint);stroke-width:1;opacity:.3}svg path.s0:hover{stroke:var(--ink);stroke-width:2;opacity:1}svg .f0{fill:var(--faint)}
    svg .s1{stroke:var(--s1)}svg .s2{stroke:var(--s2);stroke-dasharray:7 3}svg .s3{stroke:var(--s3);stroke-dasharray:2 4}
    svg .s4{stroke:var(--s4);stroke-dasharray:10 3 2 3}svg .s5{stroke:var(--s5);stroke-dasharray:4 2}svg .s6{stroke:var(--s6);stroke-dasharray:1 3}
    svg .f1{fill:var(--s1)}svg .f2{fill:var(--s2)}svg .f3{fill:var(--s3)}svg .f4{fill:var(--s4)}svg .f5{fill:var(--s5)}svg .f6{fill:var(--s6)}
    svg .cell{fill:var(--heat)}svg .frame{fill:none;stroke:var(--border)}
    svg .count{font-size:13px;font-weight:600;fill:var(--ink)}svg .share{font-size:11px;fill:var(--soft)}svg .count.small{font-size:11px}svg .fine{font-size:10.5px}
    svg .pane{fill:none;stroke:var(--grid)}svg .pane:hover{stroke:var(--faint)}svg .thin{stroke-width:1.4}
    svg .on{fill:#fff}svg .surface{fill:var(--surface)}svg .track{stroke:var(--grid);stroke-width:6;stroke-linecap:round}
    svg .interval{stroke:var(--s1);stroke-width:6;stroke-linecap:round;opacity:.4}svg .value{fill:var(--s1)}
    svg .gate{stroke:var(--ink);stroke-width:1.5}

    """

  /// How many series have a colour of their own.
  static let seriesCount = 6
}
