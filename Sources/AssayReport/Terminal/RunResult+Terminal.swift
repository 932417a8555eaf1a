public import AssayCore

extension RunResult {
  /// The result for a person at a terminal: thresholds with failures first,
  /// metrics with their intervals, rows, slices, and the verdict as the last line.
  ///
  /// Control characters in names and messages are shown as their codes.
  /// - Parameters:
  ///   - style: Colours only when asked for; the caller knows the terminal and `NO_COLOR`.
  ///   - columns: The width of the terminal, at least 40.
  public func terminalText(style: TerminalStyle = .plain, columns: Int = 100) -> String {
    let writer = TerminalWriter(style: style, width: max(40, columns))
    return writer.text(of: self)
  }
}

struct TerminalWriter {
  let style: TerminalStyle
  let width: Int

  func text(of result: RunResult) -> String {
    var blocks = evaluatorBlocks(of: result)
    if !result.warnings.isEmpty {
      blocks.append(result.warnings.flatMap { paragraph("! ", $0, .open) })
    }
    blocks.append([verdictLine(of: result)])
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func evaluatorBlocks(of result: RunResult) -> [[String]] {
    var blocks: [[String]] = []
    for (index, evaluator) in result.evaluators.enumerated() {
      var head = [title(of: evaluator)]
      if index == 0 { head += sources(of: result) }
      head += roles(of: evaluator)
      blocks.append(head)
      blocks += self.blocks(of: evaluator)
    }
    return blocks
  }

  private func title(of evaluator: EvaluatorResult) -> String {
    let task = Escaping.terminal(
      [evaluator.version, evaluator.task.rawValue].filter { !$0.isEmpty }.joined(separator: " · "))
    let title = Escaping.terminal(evaluator.title).truncated(to: width - 2)
    let room = width - title.displayWidth - 1
    return TextRole.heading.painted(title, style) + " "
      + TextRole.faint.painted(task.truncated(to: max(0, room)), style)
  }

  private func sources(of result: RunResult) -> [String] {
    guard !result.sources.isEmpty else { return [] }
    var table = TextTable(columns: [.init(title: ""), .init(title: "")], hasHead: false)
    let label = result.sources.map(\.side.rawValue.count).max() ?? 0
    for source in result.sources {
      let rows = " · " + source.rows.counted("row")
      let room = width - label - 4 - rows.displayWidth
      let name = Escaping.terminal(source.name).truncated(to: max(12, room))
      table.rows.append(.init(cells: [.init(source.side.rawValue, .faint), .init(name + rows)]))
    }
    return table.lines(width: width, style: style)
  }

  /// The columns behind the roles, broken between them.
  private func roles(of evaluator: EvaluatorResult) -> [String] {
    var lines: [String] = []
    for text in evaluator.roleTexts.map(Escaping.terminal) {
      let joined = (lines.last.map { $0 + " · " } ?? "") + text
      if lines.isEmpty || joined.displayWidth > width - 2 {
        lines.append(text.truncated(to: width - 2))
      } else {
        lines[lines.count - 1] = joined
      }
    }
    return lines.map { "  " + TextRole.faint.painted($0, style) }
  }

  private func verdictLine(of result: RunResult) -> String {
    let role: TextRole =
      switch result.verdict {
      case .pass: .good
      case .fail: .bad
      case .inconclusive: .open
      case nil: .strong
      }
    let mark = result.verdict.map { "\($0.mark) " } ?? ""
    let sentence = "  " + result.verdictSentence
    let facts = " · \(result.run.durationSeconds.durationText) · exit code \(result.exitCode.rawValue)"
    let used = (mark + result.verdictWord + sentence).displayWidth
    return role.painted(mark + result.verdictWord, style) + sentence
      + (used + facts.displayWidth <= width ? TextRole.faint.painted(facts, style) : "")
  }

  func heading(_ text: String, _ remark: String? = nil) -> String {
    let room = width - text.displayWidth - 2
    let remark = remark.map { "  " + TextRole.faint.painted($0.truncated(to: room), style) } ?? ""
    return TextRole.strong.painted(text, style) + remark
  }

  /// Text that hangs below its mark.
  func paragraph(_ mark: String, _ text: String, _ role: TextRole) -> [String] {
    let lines = Escaping.terminal(text).wrapped(to: width - 2 - mark.displayWidth)
    let blank = String(repeating: " ", count: mark.displayWidth)
    return lines.enumerated().map { index, line in
      "  " + role.painted(index == 0 ? mark : blank, style) + line
    }
  }
}
