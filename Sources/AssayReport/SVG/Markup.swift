/// HTML or SVG in the making. Text and attributes are escaped here and nowhere
/// else, so that nothing gets past it.
struct Markup {
  typealias Attributes = KeyValuePairs<String, String>

  private(set) var text = ""

  /// An element with elements inside.
  mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout Markup) -> Void
  ) {
    open(name, attributes)
    content(&self)
    text += "</\(name)>"
  }

  /// An element with text inside.
  mutating func element(_ name: StaticString, _ attributes: Attributes, _ content: String) {
    element(name, attributes) { $0.append(content) }
  }

  /// An element with text inside and no attributes.
  mutating func element(_ name: StaticString, _ content: String) { element(name, [:], content) }

  /// An element that has no inside in HTML, such as `meta`.
  mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) { open(name, attributes) }

  /// An element of SVG without an inside.
  mutating func shape(_ name: StaticString, _ attributes: Attributes) {
    open(name, attributes)
    text.removeLast()
    text += "/>"
  }

  /// Text, escaped.
  mutating func append(_ content: String) { text += Escaping.html(content) }

  mutating func append(_ other: Markup) { text += other.text }

  /// Markup that is written in our own sources, such as a style sheet.
  mutating func append(verbatim markup: StaticString) { text += "\(markup)" }

  /// A picture in a drawing, over all of a view of that size.
  ///
  /// Its address is not escaped: of a picture it is letters, digits and `+/=;:,` alone,
  /// and long.
  mutating func picture(_ picture: Picture, width: Double, height: Double) {
    text += "<image width=\"\(width.px)\" height=\"\(height.px)\" preserveAspectRatio=\"none\" href=\""
    text += picture.address
    text += "\"/>"
  }

  mutating func breakLine() { text += "\n" }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Escaping.html(value))\"" }
    text += ">"
  }
}

extension Double {
  /// A coordinate in a drawing, to a tenth of a pixel.
  var px: String { fixedText(decimals: 1) }
}
