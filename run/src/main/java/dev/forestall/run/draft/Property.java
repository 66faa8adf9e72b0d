package dev.forestall.run.draft;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A property proposed for a column.
 *
 * @param name in the pack
 * @param yes the words for true, of a boolean
 * @param no the words for false, of a boolean
 * @param format of a time, as a pack writes it; else empty
 * @param personal why it may say something about a person; empty when it seems not to
 * @param note what else is to be said about it; empty for nothing
 */
record Property(
        Column column,
        String name,
        Type type,
        List<String> yes,
        List<String> no,
        String format,
        String personal,
        String note) {

    enum Type {
        STRING,
        NUMBER,
        INTEGER,
        BOOLEAN,
        MONEY,
        TIME;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<String> YES = Set.of("true", "yes", "y", "t", "ja", "j", "si", "oui");
    private static final Set<String> NO = Set.of("false", "no", "n", "f", "nein", "non");
    private static final Pattern MONEY = Pattern.compile(
            "(^|_)(amount|price|cost|costs|total|revenue|payment|paid|expense|premium|charge|charges|fee|spend|balance|salary|income)(_|$)");
    private static final Pattern CODE =
            Pattern.compile("(^|_)(id|code|nr|no|number|zip|postal|postcode|article|phone|key|uuid)$");
    private static final Pattern PERSON = Pattern.compile(
            "(^|_)(first_name|last_name|surname|full_name|email|mail|phone|mobile|address|street|birth|birthday|born|iban|ssn|passport"
                    + "|gender|sex|age|ethnicity|religion|nationality|ip|latitude|longitude)(_|$)");
    private static final Pattern STAFF = Pattern.compile(
            "(^|_)(resource|assigned|assignee|agent|by|handler|owner|operator|staff|caller|employee|user|worker|author)(_|$)");

    Property {
        yes = List.copyOf(yes);
        no = List.copyOf(no);
    }

    static Property of(Column column, Slug names, int currencyDecimals) {
        String name = names.name(bare(column.name()), "column");
        Optional<TimeFormats.Found> time = column.time();
        String personal = personal(column);
        if (time.isPresent()) {
            return new Property(
                    column,
                    name,
                    Type.TIME,
                    List.of(),
                    List.of(),
                    time.get().format(),
                    personal,
                    misfits(time.get().misfits()));
        }
        Set<String> yes = new TreeSet<>();
        Set<String> no = new TreeSet<>();
        if (isBoolean(column, yes, no)) {
            return new Property(column, name, Type.BOOLEAN, List.copyOf(yes), List.copyOf(no), "", personal, "");
        }
        boolean isNumeric = column.isNumber() || column.isCommaNumber();
        if (!isNumeric || column.hasLeadingZeros() || isCode(column)) {
            return new Property(column, name, Type.STRING, List.of(), List.of(), "", personal, text(column, isNumeric));
        }
        if (MONEY.matcher(column.words()).find() && column.decimals() <= currencyDecimals) {
            return new Property(
                    column,
                    name,
                    Type.MONEY,
                    List.of(),
                    List.of(),
                    "",
                    personal,
                    "money by its name: is the currency right?" + behind(column));
        }
        return new Property(
                column,
                name,
                column.isWhole() ? Type.INTEGER : Type.NUMBER,
                List.of(),
                List.of(),
                "",
                personal,
                misfits(column.notNumbers()));
    }

    private static String behind(Column column) {
        return column.notNumbers() == 0 ? "" : "; " + misfits(column.notNumbers());
    }

    private static String misfits(long values) {
        return values == 0 ? "" : values + " values are none such: their records are rejected";
    }

    /** Without what exports put in front of an attribute of the whole case. */
    private static String bare(String name) {
        return name.startsWith("case:") ? name.substring("case:".length()) : name;
    }

    private static boolean isBoolean(Column column, Set<String> yes, Set<String> no) {
        if (!column.hasAllLevels() || column.filled() == 0) {
            return false;
        }
        for (String level : column.levels().keySet()) {
            String word = level.toLowerCase(Locale.ROOT);
            if (YES.contains(word)) {
                yes.add(level);
            } else if (NO.contains(word)) {
                no.add(level);
            } else {
                return false;
            }
        }
        if (yes.isEmpty()) {
            yes.add("true");
        }
        if (no.isEmpty()) {
            no.add("false");
        }
        return true;
    }

    /** Digits that name something or somebody. */
    private static boolean isCode(Column column) {
        return CODE.matcher(column.words()).find()
                || STAFF.matcher(column.words()).find();
    }

    private static String text(Column column, boolean isNumeric) {
        return isNumeric ? "digits, read as a code: nobody adds up codes" : "";
    }

    private static String personal(Column column) {
        String words = column.words();
        if (column.contacts() > 0.5) {
            return "holds addresses of e-mail, phone numbers or bank accounts";
        }
        if (PERSON.matcher(words).find()) {
            return "its name says something about a person";
        }
        if (STAFF.matcher(words).find()) {
            return "seems to name who did it";
        }
        boolean isFreeText = column.length() > 40 && column.spaced() > 0.5 && column.distinct() > column.filled() / 2;
        return isFreeText ? "free text, in which anything may stand" : "";
    }

    boolean isPersonal() {
        return !personal.isEmpty();
    }

    boolean isNumeric() {
        return type == Type.NUMBER || type == Type.INTEGER || type == Type.MONEY;
    }
}
