// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "assay",
  products: [
    .library(name: "AssayRuntime", targets: ["AssayRuntime"]),
    .library(name: "AssayReport", targets: ["AssayReport"]),
    .library(name: "AssayPluginKit", targets: ["AssayPluginKit"]),
    .library(name: "TabularPlugin", type: .dynamic, targets: ["TabularPlugin"]),
    .library(name: "VisionPlugin", type: .dynamic, targets: ["VisionPlugin"]),
    .library(name: "JudgementsPlugin", type: .dynamic, targets: ["JudgementsPlugin"]),
    .library(
      name: "IntervalCoveragePlugin", type: .dynamic, targets: ["IntervalCoveragePlugin"]),
    .executable(name: "assay", targets: ["AssayCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // The contract and the C side.
    .target(name: "CAssayPlugin"),
    .target(name: "CAssayCall", linkerSettings: [.linkedLibrary("ffi")]),
    .target(
      name: "CAssayJSON", dependencies: ["CAssayPlugin"],
      linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(
      name: "CAssaySystem",
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),

    // Values.
    .target(name: "AssayCore"),
    .target(name: "AssayJSON", dependencies: ["AssayCore", "CAssayJSON"]),
    .target(name: "AssayArrow", dependencies: ["AssayCore", "CAssayPlugin"]),
    .target(name: "AssayStatistics"),

    // The registry of a project.
    .target(
      name: "AssayStore",
      dependencies: ["AssayCore", "AssayJSON", .product(name: "GRDB", package: "GRDB.swift")]),

    // The parts of a run.
    .target(
      name: "AssayHost",
      dependencies: [
        "AssayCore", "AssayJSON", "AssayArrow", "CAssayPlugin", "CAssayCall", "CAssaySystem",
      ]),
    .target(
      name: "AssayData",
      dependencies: ["AssayCore", "AssayJSON", "AssayArrow", "CAssayJSON", "CAssayPlugin"]),
    .target(
      name: "AssayRuntime",
      dependencies: [
        "AssayCore", "AssayJSON", "AssayArrow", "AssayStatistics", "AssayHost", "AssayData",
        "AssayStore", "CAssayPlugin", "CAssaySystem",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "AssayReport", dependencies: ["AssayCore", "AssayJSON"]),
    .executableTarget(
      name: "AssayCLI",
      dependencies: [
        "AssayCore", "AssayJSON", "AssayRuntime", "AssayReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ]),

    // For authors of plugins, and the plugins that ship.
    .target(name: "AssayPluginKit", dependencies: ["AssayArrow", "AssayCore", "CAssayPlugin"]),
    .target(name: "KernelSupport", path: "Plugins/Support/Kernels"),
    .target(
      name: "KernelReporting", dependencies: ["AssayArrow", "AssayPluginKit", "KernelSupport"],
      path: "Plugins/Support/Plugin"),
    .target(
      name: "TabularKernels", dependencies: ["KernelSupport"], path: "Plugins/Tabular/Kernels"),
    .target(name: "CTabularManifest", path: "Plugins/Tabular/Manifest"),
    .target(
      name: "TabularPlugin",
      dependencies: [
        "AssayArrow", "AssayPluginKit", "CAssayPlugin", "CTabularManifest", "KernelReporting",
        "KernelSupport", "TabularKernels",
      ],
      path: "Plugins/Tabular/Plugin"),
    .target(
      name: "VisionKernels", dependencies: ["KernelSupport"], path: "Plugins/Vision/Kernels"),
    .target(name: "CVisionManifest", path: "Plugins/Vision/Manifest"),
    .target(
      name: "VisionPlugin",
      dependencies: [
        "AssayArrow", "AssayPluginKit", "CAssayPlugin", "CVisionManifest", "CVisionReader",
        "KernelReporting", "KernelSupport", "VisionKernels",
      ],
      path: "Plugins/Vision/Plugin"),
    .target(
      name: "CVisionReader", dependencies: ["CAssayPlugin"], path: "Plugins/Vision/Reader",
      linkerSettings: [
        .linkedLibrary("simdjson"), .linkedLibrary("z"), .linkedLibrary("zstd"),
        .linkedLibrary("expat"),
      ]),
    .target(name: "CJudgementsManifest", path: "Plugins/Judgements/Manifest"),
    .target(
      name: "JudgementsPlugin",
      dependencies: [
        "AssayArrow", "AssayPluginKit", "AssayStatistics", "CAssayPlugin", "CJudgementsManifest",
        "KernelReporting", "KernelSupport",
      ],
      path: "Plugins/Judgements/Plugin"),
    .target(
      name: "CIntervalCoverageManifest", dependencies: ["CAssayPlugin"],
      path: "Plugins/Examples/swift/Manifest"),
    .target(
      name: "IntervalCoveragePlugin",
      dependencies: ["AssayArrow", "AssayPluginKit", "CAssayPlugin", "CIntervalCoverageManifest"],
      path: "Plugins/Examples/swift/Plugin"),

    .testTarget(name: "AssayCoreTests", dependencies: ["AssayCore"]),
    .testTarget(name: "AssayArrowTests", dependencies: ["AssayArrow", "AssayCore", "CAssayPlugin"]),
    .testTarget(name: "AssayJSONTests", dependencies: ["AssayJSON", "AssayCore"]),
    .testTarget(
      name: "AssayStoreTests",
      dependencies: [
        "AssayStore", "AssayCore", "AssayJSON", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(name: "AssayStatisticsTests", dependencies: ["AssayStatistics"]),
    .testTarget(
      name: "AssayHostTests",
      dependencies: [
        "AssayHost", "AssayArrow", "AssayCore", "AssayJSON", "CAssayCall", "CAssayPlugin",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "AssayDataTests", dependencies: ["AssayData", "AssayArrow", "AssayCore", "AssayJSON"]),
    .testTarget(
      name: "AssayRuntimeTests",
      dependencies: [
        "AssayRuntime", "AssayHost", "AssayData", "AssayArrow", "AssayCore", "AssayJSON",
        "AssayStatistics", "AssayStore", "CAssayPlugin", "TabularPlugin", "IntervalCoveragePlugin",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "AssayReportTests", dependencies: ["AssayReport", "AssayCore", "AssayJSON"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "AssayCLITests",
      dependencies: [
        "AssayCLI", "AssayCore", "AssayJSON", "TabularPlugin", "VisionPlugin", .product(name: "Yams", package: "Yams"),
      ]),
    .testTarget(
      name: "TabularTests",
      dependencies: [
        "AssayArrow", "AssayCore", "AssayHost", "AssayJSON", "AssayPluginKit", "CAssayPlugin",
        "KernelSupport", "TabularKernels", "TabularPlugin",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "VisionTests",
      dependencies: [
        "AssayArrow", "AssayJSON", "AssayPluginKit", "CAssayPlugin", "KernelSupport",
        "VisionKernels", "VisionPlugin",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "JudgementsTests",
      dependencies: [
        "AssayArrow", "AssayHost", "CAssayPlugin", "JudgementsPlugin",
      ]),
    .testTarget(
      name: "VisionReaderTests",
      dependencies: ["AssayArrow", "AssayCore", "CAssayPlugin", "CVisionReader"],
      exclude: ["Fixtures"]),
  ],
  cLanguageStandard: .gnu2x,
  cxxLanguageStandard: .gnucxx20
)

// Only Benchmarks/Calls/run.sh asks for it; nobody else builds it.
if Context.environment["ASSAY_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "CallBenchmark", dependencies: ["AssayArrow", "AssayCore", "AssayHost"],
      path: "Benchmarks/Calls/Host"))
}

for target in package.targets where target.type != .plugin {
  let isNative = target.name.hasPrefix("C")
  guard !isNative else {
    target.cSettings = [.treatAllWarnings(as: .error)]
    target.cxxSettings = [.treatAllWarnings(as: .error)]
    continue
  }
  // Tests build what nobody should be handed; everything that ships is checked.
  let memorySafety: [SwiftSetting] = target.isTest ? [] : [.strictMemorySafety()]
  target.swiftSettings = memorySafety + [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
  ]
}
