package dev.forestall.run.draft;

/** How sure a guess is. */
enum Sure {
    /** Somebody said so, or the format of the file does. */
    SURE("sure"),
    /** Nothing else in the file comes near. */
    LIKELY("likely"),
    /** Something else could be meant as well: look at it first. */
    A_GUESS("a guess");

    private final String words;

    Sure(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
