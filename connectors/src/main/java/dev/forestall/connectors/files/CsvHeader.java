package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The first record of a CSV file.
 *
 * @param names of its columns
 * @param delimiter that the mapping says stands between them
 * @param line as it stands in the file
 */
record CsvHeader(List<String> names, char delimiter, String line) {

    private static final String DELIMITERS = ",;\t|";
    private static final int SHOWN = 30;

    /**
     * For each column the number of the place it fills, or -1.
     *
     * @throws WrongFile when a wanted column is not there, or twice
     */
    int[] placesOfColumns(String file, List<String> wanted) {
        List<String> problems = new ArrayList<>();
        int[] places = new int[names.size()];
        Arrays.fill(places, -1);
        for (int place = 0; place < wanted.size(); place++) {
            String name = wanted.get(place);
            int column = names.indexOf(name);
            if (column < 0) {
                problems.add("'" + name + "' is not there"
                        + Nearest.to(name, names)
                                .map(near -> ", but '" + near + "' is")
                                .orElse(""));
            } else if (Collections.frequency(names, name) > 1) {
                problems.add("'" + name + "' is there " + Collections.frequency(names, name) + " times");
            } else {
                places[column] = place;
            }
        }
        if (!problems.isEmpty()) {
            throw new WrongFile(
                    ConnectorError.MISSING_COLUMNS,
                    file + " does not have the columns that the mapping names: " + String.join("; ", problems)
                            + ". It has " + shownNames() + "." + hint());
        }
        return places;
    }

    private String shownNames() {
        List<String> shown =
                names.stream().limit(SHOWN).map(name -> Shown.text(name, false)).toList();
        int more = names.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }

    private String hint() {
        for (char other : DELIMITERS.toCharArray()) {
            if (other != delimiter && names.size() == 1 && line.indexOf(other) >= 0) {
                return " The columns seem to be separated by " + nameOf(other) + "; the mapping says "
                        + nameOf(delimiter) + ".";
            }
        }
        return " Correct the names in the mapping, or use the file the mapping is meant for.";
    }

    private static String nameOf(char delimiter) {
        return delimiter == '\t' ? "a tab" : "'" + delimiter + "'";
    }
}
