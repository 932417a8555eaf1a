import Foundation
import Testing

extension Workplace {
  /// Builds `libNAME.so` here from C.
  func build(_ name: String, _ source: String) throws {
    try write(source, to: name + ".c")
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["cc", "-shared", "-fPIC", "-o", "\(path)/lib\(name).so", "\(path)/\(name).c"]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
  }

  /// Builds `libheld.so`, whose function waits for as long as there is a file `hold`.
  func buildHeld() throws {
    try build(
      "held",
      """
      #include <unistd.h>
      double held(double x) {
        while (access("hold", F_OK) == 0) usleep(10000);
        return x;
      }
      """)
  }
}
