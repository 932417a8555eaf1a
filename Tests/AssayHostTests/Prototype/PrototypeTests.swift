import AssayCore
import AssayHost
import Testing

@Suite struct `A C declaration` {
  @Test(arguments: PrototypeTable.accepted)
  func `is parsed and has one canonical spelling`(declaration: String, canonical: String) throws {
    let prototype = try Prototype(parsing: declaration)
    #expect(prototype.description == canonical)
    #expect(try Prototype(parsing: canonical) == prototype)
  }

  @Test(arguments: PrototypeTable.refused)
  func `is refused with the place and what to write instead`(
    declaration: String, code: String, place: String, remedy: String
  ) throws {
    let error = try #require(throws: AssayError.self) { try Prototype(parsing: declaration) }
    #expect(error.code.rawValue == code)
    #expect("\(error.details["line"] ?? ""):\(error.details["column"] ?? "")" == place)
    #expect(error.details["remedy"] == remedy)
    #expect(error.message.contains(remedy))
  }

  @Test func `is shown with a caret under the offending column`() throws {
    let error = try #require(throws: AssayError.self) {
      try Prototype(parsing: "double f(double x,\n\tchar y)")
    }
    #expect(error.message.hasSuffix("\n  \tchar y)\n  \t^"))
    let plain = try #require(throws: AssayError.self) { try Prototype(parsing: "double f(int x, char c)") }
    #expect(plain.message.hasSuffix("\n  double f(int x, char c)\n                  ^"))
  }

  @Test func `has the types and names that it spells`() throws {
    let prototype = try Prototype(
      parsing: "int f(const double x[n], size_t n, char **texts, double (*g)(const char *, long))")
    #expect(prototype.name == "f")
    #expect(prototype.result == .integer(.int))
    #expect(prototype.parameters[0].type == .pointer(to: .double, isConst: true))
    #expect(prototype.parameters[0].extent == .parameter("n"))
    #expect(prototype.parameters[1].type == .integer(.size))
    #expect(
      prototype.parameters[2].type
        == .pointer(to: .pointer(to: .character, isConst: false), isConst: false))
    #expect(
      prototype.parameters[3].type
        == .function(
          Prototype(
            name: "", result: .double,
            parameters: [
              .init(name: "", type: .pointer(to: .character, isConst: true)),
              .init(name: "", type: .integer(.long)),
            ])))
  }

  /// Every prefix and every change of one character is parsed or refused.
  @Test func `with any damage is parsed or refused`() {
    let texts = [
      "int32_t f(const double x[n], size_t n, void (*log)(int, const char *), struct s *p)",
      "unsigned long long f(double **const *restrict x, bool b)",
    ]
    for text in texts {
      let characters = Array(text)
      for index in characters.indices {
        try? #require((try? Prototype(parsing: String(characters[..<index]))) == nil)
        for replacement in "()[]*,;.x0 é\"&:<=" {
          var damaged = characters
          damaged[index] = replacement
          do throws(AssayError) {
            let prototype = try Prototype(parsing: String(damaged))
            #expect((try? Prototype(parsing: prototype.description)) == prototype)
          } catch {
            #expect(error.code.rawValue.hasPrefix("prototype."))
            #expect(error.message.contains("^"))
          }
        }
      }
    }
  }

  @Test func `that is hostile ends in an error and not in a trap`() {
    for text in [
      String(repeating: "(", count: 100_000), "double f(" + String(repeating: "*", count: 100_000),
      "double f" + String(repeating: "[", count: 10_000),
      "double f(double x[99999999999999999999])",
      "double f(" + String(repeating: "double (*a)(", count: 1_000),
    ] {
      #expect(throws: AssayError.self) { try Prototype(parsing: text) }
    }
  }

  @Test func `may use other names of types where they are given`() throws {
    let types: [String: CType] = ["real": .double, "enum mode": .integer(.int32)]
    let prototype = try Prototype(parsing: "real f(const real *x, enum mode m)", types: types)
    #expect(prototype.description == "double f(const double *x, int32_t m)")
    #expect(try CType(parsing: "struct box *").description == "struct box *")
    #expect(throws: AssayError.self) { try CType(parsing: "struct box") }
    #expect(throws: AssayError.self) { try CType(parsing: "int x") }
  }
}
