/// The style sheet of the page around the drawings.
enum PageStyle {
  static let text: StaticString = """
    *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    header.banner,main,footer{width:min(1120px,100% - 40px);margin:0 auto}
    header.banner{margin-top:28px;padding:24px 28px;border:1px solid var(--border);border-left:8px solid var(--faint);border-radius:12px;background:var(--surface)}
    header.pass{border-left-color:var(--pass)}header.fail{border-left-color:var(--fail)}header.inconclusive{border-left-color:var(--open)}
    .eyebrow{margin:0;color:var(--faint);font-size:13px;letter-spacing:.02em}
    h1{margin:2px 0 0;font-size:38px;line-height:1.15;letter-spacing:.01em}h1 .mark{margin-right:.35em}
    .pass h1{color:var(--pass)}.fail h1{color:var(--fail)}.inconclusive h1{color:var(--open)}
    .sentence{margin:4px 0 0;font-size:17px;color:var(--soft)}
    .warning{margin:12px 0 0;padding:8px 12px;border-radius:8px;background:var(--open-tint);overflow-wrap:anywhere}
    .facts{display:flex;flex-wrap:wrap;gap:14px 36px;margin:20px 0 0}.facts div{min-width:0}
    .facts dt{color:var(--faint);font-size:12px}.facts dd{margin:0;overflow-wrap:anywhere}.facts small{display:block;color:var(--soft)}
    section{margin:40px 0 0}h2{margin:0;font-size:24px;overflow-wrap:anywhere}h3{margin:32px 0 10px;font-size:17px}
    .chips{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0 0;padding:0;list-style:none}
    .chips li{padding:1px 10px;border:1px solid var(--border);border-radius:99px;color:var(--soft);font-size:13px;overflow-wrap:anywhere}
    .roles{margin:8px 0 0;color:var(--soft);font-size:13.5px;overflow-wrap:anywhere}
    .panel{border:1px solid var(--border);border-radius:12px;background:var(--surface);overflow-x:auto}
    table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
    caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    th,td{padding:8px 14px;text-align:left;vertical-align:middle;border-top:1px solid var(--grid)}
    thead th{border-top:0;color:var(--faint);font-size:12.5px;font-weight:500;white-space:nowrap}
    tbody th{font-weight:500;overflow-wrap:break-word;max-width:420px}tr.headline th,tr.headline .value{font-weight:700}
    tr.summary td,tr.summary th{background:var(--none-tint)}
    .wide{width:100%}th code,.place{white-space:nowrap}.number{text-align:right;white-space:nowrap}.soft{color:var(--soft);white-space:nowrap}.note{color:var(--soft);overflow-wrap:anywhere;min-width:180px}
    code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
    .pill{display:inline-block;padding:1px 10px;border-radius:99px;font-size:13px;font-weight:600;white-space:nowrap;color:var(--soft);background:var(--none-tint)}
    .pill.pass{color:var(--pass);background:var(--pass-tint)}.pill.fail{color:var(--fail);background:var(--fail-tint)}.pill.inconclusive{color:var(--open);background:var(--open-tint)}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:14px;margin:18px 0 0}
    .card{padding:14px 18px 16px;border:1px solid var(--border);border-radius:12px;background:var(--surface);min-width:0}
    .card h4{margin:0;font-size:13px;font-weight:500;color:var(--soft);overflow-wrap:anywhere}
    .card .big{margin:0;color:var(--ink);font-size:30px;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
    .card .big.undefined{color:var(--faint)}.card p{margin:2px 0 0;font-size:13px;color:var(--soft)}.card svg{display:block;width:100%;margin-top:8px}
    .spark{display:block;width:170px;height:16px}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px}
    figure{margin:0;padding:16px 18px 10px;border:1px solid var(--border);border-radius:12px;background:var(--surface);min-width:0;break-inside:avoid}
    figure svg{display:block;width:100%;height:auto;max-width:620px;margin:0 auto}
    figcaption{margin:0 0 8px;font-size:15px;font-weight:600;overflow-wrap:anywhere}
    details{margin:8px 0 0}summary{cursor:pointer;color:var(--soft);font-size:13.5px}details .panel{margin-top:8px;max-height:420px;overflow:auto}
    details td,details th{padding:4px 12px;font-size:13px}
    .rows{display:flex;height:14px;border-radius:7px;overflow:hidden;background:var(--none-tint);gap:2px}
    .rows span{display:block;min-width:3px}.rows .scored,.key .scored{background:var(--s1)}.rows .passed,.key .passed{background:var(--pass)}.rows .failed,.key .failed{background:var(--fail)}
    .rows .missing,.key .missing,.rows .errored,.key .errored{background:var(--s2)}.rows .unscored,.key .unscored{background:var(--s4)}.rows .skipped,.key .skipped{background:var(--axis)}
    .key{display:flex;flex-wrap:wrap;gap:4px 20px;margin:8px 0 0;padding:0;list-style:none;color:var(--soft);font-size:13.5px}
    .key i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:7px}
    footer{margin-top:48px;margin-bottom:40px;padding-top:14px;color:var(--faint);font-size:12.5px}footer p{margin:2px 0;overflow-wrap:anywhere}footer code{font-size:11.5px}
    @media (max-width:640px){header.banner{margin-top:12px;padding:18px}header.banner,main,footer{width:calc(100% - 20px)}h1{font-size:30px}th,td{padding:7px 9px}}
    @media print{body{background:#fff;font-size:12px}.panel,details .panel{overflow:visible;max-height:none}section{break-before:auto}tr,.card,figure{break-inside:avoid}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}

    """
}
