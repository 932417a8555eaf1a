/// What a call costs through the host, against the same call without Assay.
///
///     CallBenchmark libkernels.so libbare.so
///
/// Prints a line for each kind of call; the last word of a line is `MISSED` where a
/// target is not reached. Exits with 0 whatever it finds, with 2 where it cannot measure.
import AssayCore
import Glibc

guard CommandLine.arguments.count == 3 else {
  print("usage: CallBenchmark libkernels.so libbare.so")
  exit(2)
}
do throws(AssayError) {
  let calls = try ComparedCalls(kernels: CommandLine.arguments[1], bare: CommandLine.arguments[2])
  for pair in try calls.pairs() { print(pair.measured()) }
} catch {
  print(error.message)
  exit(2)
}
