package dev.forestall.pack;

import dev.forestall.pack.expression.Names;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;

/** What holds for all names that a pack declares. */
final class Declared {

    private Declared() {}

    /** Reports a name that no expression could write. */
    static void checkName(Scalar name, String path, String what, Problems problems) {
        if (Names.isReserved(name.text())) {
            problems.error(
                    PackError.NAME_TAKEN,
                    name.place(),
                    path,
                    "'" + name.text() + "' cannot be the name of " + what,
                    "Conditions keep that word for themselves; choose another");
        }
    }
}
