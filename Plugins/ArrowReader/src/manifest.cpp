// Puts the manifest where the host finds it without running the plugin. The
// assembler's directive serves every compiler; #embed needs the newest ones.
// ASSAY_MANIFEST_FILE is given by the build.
__asm__(
    ".pushsection .assay.manifest,\"aR\",@progbits\n"
    ".incbin \"" ASSAY_MANIFEST_FILE "\"\n"
    ".popsection\n");
