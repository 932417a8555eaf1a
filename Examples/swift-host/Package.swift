// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "swift-host",
  dependencies: [
    .package(url: "https://github.com/assay-project/assay", from: "0.1.0")
  ],
  targets: [
    .executableTarget(
      name: "swift-host",
      dependencies: [
        .product(name: "AssayRuntime", package: "assay"),
        .product(name: "TabularPlugin", package: "assay"),
      ])
  ]
)
