extension Assay {
  /// What is installed and was loaded, to look at, to call and to check.
  public var catalog: PluginCatalog { PluginCatalog(host: plugins) }
}
