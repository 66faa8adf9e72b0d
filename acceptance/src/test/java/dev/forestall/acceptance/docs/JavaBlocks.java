package dev.forestall.acceptance.docs;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** The whole Java classes that a page of documentation shows. */
final class JavaBlocks {
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:final )?(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);

    private JavaBlocks() {}

    /** The text of each block that is a whole class, by the full name of the class, in the order of the page. */
    static SequencedMap<String, String> wholeClasses(String markdown) {
        var texts = new LinkedHashMap<String, String>();
        BLOCK.matcher(markdown).results().map(block -> block.group(1)).forEach(text -> {
            var inPackage = PACKAGE.matcher(text);
            var type = TYPE.matcher(text);
            if (inPackage.find() && type.find()) {
                texts.put(inPackage.group(1) + "." + type.group(1), text);
            }
        });
        return texts;
    }
}
