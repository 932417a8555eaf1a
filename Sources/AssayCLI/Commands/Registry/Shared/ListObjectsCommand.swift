import ArgumentParser
import AssayCore
import AssayRuntime

/// `list`.
struct ListObjectsCommand<Object: RegistryObject>: Action {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: "List the \(Object.nouns), the oldest first.",
      usage: "assay \(Object.command) list [--limit NUMBER] [--offset NUMBER] [OPTION …]")
  }

  @OptionGroup var page: PageOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let page = try page.page()
    let listing = try Object.list(page, try store.reading())
    try answer.print(listing, columns: Object.columns, noun: Object.nouns, page: page)
    return .success
  }
}
