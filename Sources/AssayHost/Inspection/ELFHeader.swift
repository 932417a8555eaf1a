import AssayCore

/// The first 64 bytes of an ELF file.
struct ELFHeader {
  let machine: UInt16
  let sectionTable: Int
  let sectionSize: Int
  let sectionCount: Int
  let namesIndex: Int

  static var hostMachine: UInt16 {
    #if arch(x86_64)
      62
    #elseif arch(arm64)
      183
    #else
      0
    #endif
  }

  init(_ file: FileBytes, path: String) throws(AssayError) {
    guard file.count > 0 else { throw Self.notShared(path, "it is empty") }
    let magic = file.read(at: 0, count: min(16, file.count)) ?? []
    guard magic.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else {
      throw Self.notShared(path, Self.kind(of: magic))
    }
    guard magic.count == 16, let bytes = file.read(at: 0, count: 64) else {
      throw Self.notShared(path, "it ends within the first 64 bytes")
    }
    guard magic[4] == 2 else { throw Self.wrongMachine(path, "a machine of 32 bits") }
    guard magic[5] == 1 else { throw Self.wrongMachine(path, "a big-endian machine") }
    do {
      var cursor = try ByteCursor(bytes, at: 16)
      let type = try cursor.u16()
      machine = try cursor.u16()
      try cursor.skip(4 + 8 + 8)
      sectionTable = try cursor.size(8)
      try cursor.skip(4 + 2 + 2 + 2)
      sectionSize = Int(try cursor.u16())
      sectionCount = Int(try cursor.u16())
      namesIndex = Int(try cursor.u16())
      try Self.check(type, machine, path)
    } catch let error as AssayError {
      throw error
    } catch {
      throw Self.notShared(path, "its header is damaged")
    }
  }

  private static func check(_ type: UInt16, _ machine: UInt16, _ path: String) throws(AssayError) {
    guard machine == hostMachine else { throw wrongMachine(path, name(of: machine)) }
    switch type {
    case 3: return
    case 1: throw notShared(path, "it is an object file; link it with cc -shared")
    case 2: throw notShared(path, "it is a program; link it with cc -shared")
    case 4: throw notShared(path, "it is a core dump")
    default: throw notShared(path, "it is an ELF file of type \(type)")
    }
  }

  private static func kind(of magic: [UInt8]) -> String {
    if magic.starts(with: "!<arch>".utf8) {
      return "it is a static library; link it with cc -shared -Wl,--whole-archive"
    }
    if magic.starts(with: "MZ".utf8) { return "it is a library for Windows" }
    if magic.starts(with: [0xCF, 0xFA, 0xED, 0xFE]) || magic.starts(with: [0xCA, 0xFE, 0xBA, 0xBE]) {
      return "it is a library for macOS"
    }
    if magic.starts(with: "{".utf8) {
      return "it looks like JSON; name the library, the manifest is found beside it"
    }
    if magic.starts(with: "INPUT".utf8) || magic.starts(with: "/* GNU ld".utf8) {
      return "it is a script for the linker; name the library itself, such as libm.so.6"
    }
    return "it does not begin as an ELF file does"
  }

  private static func notShared(_ path: String, _ reason: String) -> AssayError {
    AssayError(
      .pluginNotASharedObject, "\(path) is not a shared object: \(reason)", details: ["file": path])
  }

  private static func wrongMachine(_ path: String, _ other: String) -> AssayError {
    AssayError(
      .pluginWrongMachine,
      "\(path) was built for \(other), and this is \(name(of: hostMachine)); build it for this machine",
      details: ["file": path])
  }

  private static func name(of machine: UInt16) -> String {
    let names: [UInt16: String] = [
      3: "x86 of 32 bits", 8: "MIPS", 20: "PowerPC", 21: "PowerPC of 64 bits", 22: "s390x", 40: "ARM of 32 bits",
      62: "x86-64", 183: "aarch64", 243: "RISC-V", 258: "LoongArch",
    ]
    return names[machine] ?? "the machine with ELF number \(machine)"
  }
}
