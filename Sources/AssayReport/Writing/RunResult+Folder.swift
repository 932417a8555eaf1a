import AssayCore

extension RunResult {
  /// The files of a report in a folder: `metrics.csv`, and for every table a CSV,
  /// an SVG where it can be drawn, and a CSV of its slices where it has any.
  ///
  /// With several evaluators or models their names stand in front.
  var folderFiles: [(name: String, text: String)] {
    var names = FileNames()
    var files = [(name: names.next("metrics", "csv"), text: csvText())]
    for evaluator in evaluators {
      let models = evaluators.count { $0.evaluator == evaluator.evaluator } > 1 ? evaluator.model : nil
      let prefix = evaluators.count > 1 ? "\(evaluator.evaluator)." + (models.map { "\($0)." } ?? "") : ""
      for table in evaluator.tables {
        files.append((names.next(prefix + table.name, "csv"), table.csvText))
        if let slices = evaluator.slicesCSV(of: table.name) {
          files.append((names.next(prefix + table.name + ".slices", "csv"), slices))
        }
      }
      let figures = Figure.all(of: evaluator).map(\.figure)
      for figure in figures + [Figure.prCurves(byClassOf: evaluator)].compactMap({ $0 }) {
        files.append((names.next(prefix + figure.name, "svg"), figure.fileText))
      }
    }
    return files
  }
}

/// Names of files made from names of tables, which may be anything.
private struct FileNames {
  private var taken: Set<String> = []

  /// A name of letters, digits, `.`, `-` and `_` that no earlier file has, also
  /// where case does not count.
  mutating func next(_ name: String, _ ending: String) -> String {
    let safe = name.unicodeScalars.map { scalar -> Character in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "._-".unicodeScalars.contains(scalar)) ? Character(scalar) : "_"
    }
    let visible = String(safe.drop { $0 == "." }.prefix(100))
    let base = visible.isEmpty ? "table" : visible
    var candidate = "\(base).\(ending)"
    var number = 2
    while !taken.insert(candidate.lowercased()).inserted {
      candidate = "\(base)-\(number).\(ending)"
      number += 1
    }
    return candidate
  }
}
