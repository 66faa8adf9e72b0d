package dev.forestall.run.draft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the values of one column look like, over all records that were looked at. */
final class Column {

    /** Common spellings of "no value". A column in which they stand has no value there. */
    static final Set<String> MISSING =
            Set.of("?", "NULL", "null", "NaN", "nan", "NA", "N/A", "n/a", "#N/A", "\\N", "missing");

    /** More different values than these are estimated, not listed. */
    static final int MOST_LEVELS = 1_000;

    private static final int SAMPLE = 20_000;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,15}(\\.[0-9]+)?");
    private static final Pattern COMMA_NUMBER = Pattern.compile("[+-]?[0-9]{1,15}(,[0-9]+)?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}");
    private static final Pattern PHONE = Pattern.compile("\\+[0-9][0-9 ()/-]{6,18}");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");

    private final String name;
    private final int place;
    private final SequencedMap<String, Long> levels = new LinkedHashMap<>();
    private final SortedMap<String, Long> missing = new TreeMap<>();
    private final DistinctCount distinct = new DistinctCount();
    private final TimeFormats times = new TimeFormats();
    private final List<Double> sample = new ArrayList<>();
    private long records;
    private long filled;
    private long numbers;
    private long commaNumbers;
    private long whole;
    private long leadingZeros;
    private long contacts;
    private long length;
    private long spaced;
    private long changes;
    private long content;
    private int decimals;
    private String before = "";

    /** @param place its number among the columns of the file, from 0 */
    Column(String name, int place) {
        this.name = name;
        this.place = place;
    }

    /** Takes in the value of the next record; null when it has none. */
    void add(@Nullable String value) {
        records++;
        content = 31 * content + (value == null ? 0 : value.hashCode());
        if (value == null) {
            return;
        }
        if (MISSING.contains(value)) {
            missing.merge(value, 1L, Long::sum);
            return;
        }
        filled++;
        changes += value.equals(before) ? 0 : 1;
        boolean isNew = !value.equals(before);
        before = value;
        if (isNew) {
            distinct.add(value);
        }
        if (levels.containsKey(value) || levels.size() < MOST_LEVELS) {
            levels.merge(value, 1L, Long::sum);
        }
        length += value.length();
        spaced += value.indexOf(' ') > 0 ? 1 : 0;
        times.add(value);
        addNumber(value);
        contacts += isContact(value) ? 1 : 0;
    }

    private void addNumber(String value) {
        if (numbers >= filled / 2 && NUMBER.matcher(value).matches()) {
            numbers++;
            int point = value.indexOf('.');
            whole += point < 0 ? 1 : 0;
            decimals = Math.max(decimals, point < 0 ? 0 : value.length() - point - 1);
            leadingZeros += value.length() > 1 && value.charAt(0) == '0' && point != 1 ? 1 : 0;
            keep(Double.parseDouble(value));
        }
        if (commaNumbers >= filled / 2 && COMMA_NUMBER.matcher(value).matches()) {
            commaNumbers++;
            int comma = value.indexOf(',');
            decimals = Math.max(decimals, comma < 0 ? 0 : value.length() - comma - 1);
        }
    }

    /** Every value while there are few, then every second, every fourth, and so on: spread evenly over the file. */
    private void keep(double number) {
        long step = Math.max(1, Long.highestOneBit(numbers / SAMPLE));
        if (sample.size() < 2 * SAMPLE && numbers % step == 0) {
            sample.add(number);
        }
    }

    private static boolean isContact(String value) {
        return value.length() >= 6
                && value.length() <= 100
                && (EMAIL.matcher(value).matches()
                        || PHONE.matcher(value).matches()
                        || IBAN.matcher(value).matches());
    }

    String name() {
        return name;
    }

    /** The name in small letters, for words to be looked for in it. */
    String words() {
        return Slug.of(name);
    }

    int place() {
        return place;
    }

    long records() {
        return records;
    }

    /** How many records have a value. */
    long filled() {
        return filled;
    }

    /** The share of the records that have a value, 0 to 1. */
    double fill() {
        return records == 0 ? 0 : (double) filled / records;
    }

    /** How many different values there are; estimated above {@link #MOST_LEVELS}. */
    long distinct() {
        return levels.size() < MOST_LEVELS ? levels.size() : Math.max(MOST_LEVELS, distinct.estimate());
    }

    /** Whether {@link #levels} has all values. */
    boolean hasAllLevels() {
        return levels.size() < MOST_LEVELS;
    }

    /** How often each value is there, in the order in which they came. */
    SequencedMap<String, Long> levels() {
        return Collections.unmodifiableSequencedMap(levels);
    }

    /** How often the value is another one than that of the record before. */
    long changes() {
        return changes;
    }

    /** Whether it has the same values as another column, but for an accident of hashes. */
    boolean isLike(Column other) {
        return records == other.records && filled == other.filled && content == other.content;
    }

    /** How many different values there are, for people. */
    String distinctWords() {
        return (hasAllLevels() ? "" : "about ") + distinct();
    }

    /** Spellings of "no value" that are there, and how often. */
    SortedMap<String, Long> missing() {
        return Collections.unmodifiableSortedMap(missing);
    }

    /** How many of so many values may be misfits that say nothing of the others. */
    static long misfits(long values) {
        return values / 500;
    }

    /** Whether the values are numbers with a decimal point, or without decimals. A few misfits there may be. */
    boolean isNumber() {
        return filled > 0 && filled - numbers <= misfits(filled);
    }

    /** Whether the values are numbers, and some have a comma before their decimals. */
    boolean isCommaNumber() {
        return filled > 0 && !isNumber() && filled - commaNumbers <= misfits(filled);
    }

    boolean isWhole() {
        return isNumber() && whole == numbers;
    }

    /** How many values of a column of numbers are none. */
    long notNumbers() {
        return filled - Math.max(numbers, commaNumbers);
    }

    /** Whether numbers are written as codes are: with zeros in front. */
    boolean hasLeadingZeros() {
        return leadingZeros > 0;
    }

    /** The most decimals that a number has. */
    int decimals() {
        return decimals;
    }

    /** The share of values that are addresses of e-mail, phone numbers or bank accounts, 0 to 1. */
    double contacts() {
        return filled == 0 ? 0 : (double) contacts / filled;
    }

    /** Letters of a value, on average. */
    double length() {
        return filled == 0 ? 0 : (double) length / filled;
    }

    /** The share of values of more than one word, 0 to 1. */
    double spaced() {
        return filled == 0 ? 0 : (double) spaced / filled;
    }

    /** How its values are times, if they are. A few misfits there may be. */
    Optional<TimeFormats.Found> time() {
        return times.found(words());
    }

    /** The number below which a share of the values lies. */
    double quantile(double share) {
        List<Double> sorted = sample.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }

    /** The most frequent values first. */
    List<String> frequentLevels(int most) {
        return levels.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
