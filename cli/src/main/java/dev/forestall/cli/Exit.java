package dev.forestall.cli;

/** How a command ended, for scripts. Listed in {@code docs/guides/cli.md}; a code never changes its meaning. */
public enum Exit {
    OK(0, "It worked."),
    PROBLEMS(
            1,
            "The pack has errors (`check`), or some records are still not usable (`rejected replay`), or nothing was unmerged (`identity unmerge`), or a model was refused (`learn`, `models promote`), or the state of the server does not allow it (`deploy`)."),
    USAGE(2, "The command line, the file or the pack is wrong. Nothing was changed."),
    DATA(3, "The data directory cannot be used: in use, damaged, made by another definition or a newer version."),
    NOT_FOUND(4, "There is nothing under that id, or it could be several."),
    NOT_REACHABLE(69, "The server cannot be reached."),
    INTERNAL(70, "A mistake of Forestall itself. The message says what to report."),
    NO_MEMORY(71, "There is not enough memory. The data directory is as it was at the latest commit."),
    DISK(74, "A file could not be read or written: no room, no permission."),
    TRY_AGAIN(75, "The server cannot do it now. Try again."),
    NOT_ALLOWED(77, "The server knows no such key, or the key may not do this."),
    CONFIGURATION(78, "A setting of the server is wrong, or its address is taken (`serve`).");

    private final int code;
    private final String meaning;

    Exit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
