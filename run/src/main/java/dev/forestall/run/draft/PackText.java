package dev.forestall.run.draft;

import dev.forestall.run.draft.PredictionDraft.Target;
import dev.forestall.run.draft.SignalDraft.Detector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a draft as a pack, with comments that say why each part is as it is and how sure that is. */
final class PackText {

    private static final int WIDTH = 120;
    private static final long DAY = 86_400_000;

    private final Draft draft;
    private final StringBuilder text = new StringBuilder();

    private PackText(Draft draft) {
        this.draft = draft;
    }

    static String of(Draft draft) {
        PackText text = new PackText(draft);
        text.head();
        text.events();
        text.traits();
        text.journey();
        text.signals();
        text.predictions();
        text.files();
        return text.text.toString();
    }

    private void head() {
        Stories stories = draft.stories();
        comment(
                0,
                "A pack for " + draft.file() + ", proposed from the file itself by `forestall init`. It looked at "
                        + (draft.isAll() ? "all " : "the first ") + draft.records() + " records: " + stories.events()
                        + " events of "
                        + stories.all().size() + " customers, from " + day(stories.firstMillis()) + " to "
                        + day(stories.lastMillis()) + "."
                        + (draft.unreadable() == 0 ? "" : " " + draft.unreadable() + " records could not be read."));
        comment(
                0,
                "Nothing here is certain: `sure`, `likely` and `a guess` say how much each part is to be trusted. Correct what is"
                        + " wrong and run `forestall check`; or run `init` again with --id, --time, --event or --currency. What customers go"
                        + " through (journeys), what failure is (failed), and what is personal deserve a look first.");
        line(0, "pack: " + draft.name());
        String why = draft.properties().stream().anyMatch(each -> each.type() == Property.Type.MONEY)
                ? " # a guess: the file does not say"
                : "";
        line(0, "currency: " + draft.currency() + why);
        line(0, "tick: " + tick() + " # how soon silence is noticed");
        line(0, "");
        line(0, "subjects:");
        Roles.Guess id = draft.roles().id();
        comment(2, id.sure().words() + ": " + id.column().name() + " (" + id.why() + "). Each value is one customer.");
        line(2, "customer: { identifiers: [" + draft.idName() + "] }");
    }

    private String tick() {
        long span = draft.stories().span();
        return draft.stories().isDaily() ? "1d" : span >= 60 * DAY ? "1h" : "1m";
    }

    private void events() {
        line(0, "");
        comment(0, eventsWhy());
        line(0, "events:");
        long[] counts = new long[draft.events().size()];
        draft.stories().all().forEach(story -> {
            for (int type : story.types()) {
                counts[type]++;
            }
        });
        for (int type = 0; type < draft.events().size(); type++) {
            event(type, counts[type]);
        }
    }

    private String eventsWhy() {
        String which = draft.roles().types().isEmpty()
                ? "a guess: no column tells different events apart, so every record is the same one. Name such a column with --event."
                : draft.roles().types().stream()
                        .map(each -> each.sure().words() + ": " + each.column().name() + " says what happened ("
                                + each.why() + ").")
                        .collect(Collectors.joining(" "));
        boolean isSteady =
                draft.properties().stream().anyMatch(each -> Proposal.isOfCustomer(draft.stories(), each.column()));
        return which + " Behind each event, how often it is there."
                + (isSteady
                        ? " What is the same at all events of a customer stands at those that can come first."
                        : "");
    }

    private void event(int type, long count) {
        List<String> properties =
                draft.ofEvents().get(type).stream().map(PackText::property).toList();
        String name = draft.events().get(type);
        String line = name + ": { " + String.join(", ", properties) + " }";
        String behind = " # " + count;
        if (properties.isEmpty()) {
            line(2, name + ": {}" + behind);
        } else if (line.length() + behind.length() + 2 <= WIDTH) {
            line(2, line + behind);
        } else {
            line(2, name + ":" + behind);
            properties.forEach(each -> line(4, each));
        }
    }

    private static String property(Property property) {
        return property.name() + ": "
                + (property.isPersonal()
                        ? "{ type: " + property.type().word() + ", personal: true }"
                        : property.type().word());
    }

    private void traits() {
        SortedMap<String, String> traits = new TreeMap<>();
        for (SignalDraft each : draft.signals()) {
            switch (each.detector()) {
                case Detector.Many ignored -> traits.put("events_so_far", "{ count: " + list(draft.events()) + " }");
                case Detector.High high ->
                    traits.put(
                            "latest_" + high.property().name(),
                            "{ last: event." + high.property().name() + ", of: " + list(eventsWith(high.property()))
                                    + " }");
                case Detector.Repeat ignored -> {}
                case Detector.Slow ignored -> {}
                case Detector.Quiet ignored -> {}
                case Detector.Back ignored -> {}
                case Detector.Unusual ignored -> {}
                case Detector.Silent ignored -> {}
                case Detector.Fewer ignored -> {}
            }
        }
        for (PredictionDraft each : draft.predictions()) {
            if (each.target() instanceof Target.GoesWrong wrong) {
                traits.put("went_wrong", "{ count: " + list(names(wrong.types())) + " }");
            }
        }
        if (!traits.isEmpty()) {
            line(0, "");
            comment(0, "What signals and predictions below ask for.");
            line(0, "traits:");
            traits.forEach((name, trait) -> line(2, name + ": " + trait));
        }
    }

    private List<String> eventsWith(Property property) {
        List<String> with = new ArrayList<>();
        for (int type = 0; type < draft.events().size(); type++) {
            if (draft.ofEvents().get(type).contains(property)) {
                with.add(draft.events().get(type));
            }
        }
        return with;
    }

    private void journey() {
        if (draft.journey().isEmpty()) {
            line(0, "");
            comment(0, "No journey: only one kind of event is known, so nothing tells where one begins and ends.");
            return;
        }
        Journey journey = draft.journey().get();
        line(0, "");
        comment(
                0,
                "a guess, from the most frequent courses: " + journey.frequent() + " of " + journey.variants()
                        + " make up " + Rounded.percent(journey.covered())
                        + " of the customers. What comes last, of those who have been silent since: "
                        + (journey.ends().isEmpty()
                                ? "nothing in particular"
                                : journey.ends().entrySet().stream()
                                        .sorted(java.util.Map.Entry.<Integer, Double>comparingByValue()
                                                .reversed())
                                        .limit(8)
                                        .map(each -> draft.events().get(each.getKey()) + " "
                                                + Rounded.percent(each.getValue()))
                                        .collect(Collectors.joining(", ")))
                        + ".");
        line(0, "journeys:");
        line(2, draft.name() + ":");
        line(4, "start: " + list(names(journey.start())) + " # how 95 % begin, or the five most frequent ways to");
        line(4, "steps: # in the order in which most meet them for the first time");
        journey.steps()
                .forEach(step ->
                        line(6, draft.events().get(step) + ": " + draft.events().get(step)));
        line(4, "goal: " + list(names(journey.goal())) + " # a guess: how it ends most often, and what sounds good");
        if (!journey.failed().isEmpty()) {
            line(4, "failed: " + list(names(journey.failed())) + " # a guess: what ends it and sounds bad");
        }
        List<Integer> other = journey.bad().stream()
                .filter(type ->
                        !journey.failed().contains(type) && !journey.goal().contains(type))
                .toList();
        if (!other.isEmpty()) {
            comment(
                    4,
                    "These sound bad as well, and do not end it, or come behind the goal: "
                            + String.join(", ", names(other)) + ".");
        }
        if (journey.abandonedMillis() > 0) {
            line(4, "abandoned: " + Rounded.duration(journey.abandonedMillis()) + " # 99 of 100 pauses are shorter");
        }
        value(journey);
    }

    private void value(Journey journey) {
        draft.properties().stream()
                .filter(each -> each.type() == Property.Type.MONEY && !each.isPersonal())
                .filter(each -> journey.start().stream()
                        .allMatch(type -> draft.ofEvents().get(type).contains(each)))
                .findFirst()
                .ifPresent(each -> line(
                        4,
                        "value: event." + each.name()
                                + " # a guess: all of it is at risk; write a share of it, such as event." + each.name()
                                + " * 0.1"));
    }

    private void signals() {
        if (draft.signals().isEmpty()) {
            line(0, "");
            comment(0, "No signals: nothing that was tried was ever raised.");
            return;
        }
        line(0, "");
        comment(
                0,
                "Limits are those of about nine in ten, so that each signal is raised for about one in ten. Which of them are"
                        + " worth a call is for you to say: `forestall replay` tells how journeys with and without each end.");
        line(0, "signals:");
        for (SignalDraft each : draft.signals()) {
            signal(each);
        }
    }

    private void signal(SignalDraft signal) {
        String raised = draft.raised().isEmpty()
                ? ""
                : "; raised for " + draft.raised().getOrDefault(signal.name(), 0L) + " of "
                        + draft.stories().all().size() + " customers";
        boolean hasJourney = draft.journey().isPresent();
        comment(2, signal.why() + raised + ".");
        line(2, signal.name() + ":");
        switch (signal.detector()) {
            case Detector.Repeat repeat -> {
                line(
                        4,
                        "repeat: { of: " + draft.events().get(repeat.type()) + ", times: " + repeat.times()
                                + ", within: " + Rounded.duration(repeat.withinMillis()) + " }");
                ofJourney(hasJourney);
                description(phrase(draft.events().get(repeat.type())) + ", " + repeat.times() + " times or more");
            }
            case Detector.Slow slow -> {
                line(
                        4,
                        "hesitation: { step: " + draft.events().get(slow.step()) + ", longer_than: "
                                + Rounded.duration(slow.longerMillis()) + " }");
                ofJourney(true);
                description("longer in " + phrase(draft.events().get(slow.step())) + " than nine of ten");
            }
            case Detector.Quiet quiet -> {
                line(4, "exit: { silence: " + Rounded.duration(quiet.silenceMillis()) + " }");
                ofJourney(true);
                description("nothing has happened for longer than usual");
            }
            case Detector.Back back -> {
                line(4, "rework: { times: " + back.times() + " }");
                ofJourney(true);
                description("back to an earlier step");
            }
            case Detector.Many many -> {
                line(4, "threshold: trait.events_so_far >= " + many.times());
                description("more has happened than to nine of ten");
            }
            case Detector.High high -> {
                String above = high.property().type() == Property.Type.INTEGER
                        ? high.above().replaceFirst("\\.0$", "")
                        : high.above();
                line(4, "threshold: trait.latest_" + high.property().name() + " > " + above);
                description("a high " + phrase(high.property().name()));
            }
            case Detector.Unusual unusual -> {
                line(
                        4,
                        "anomaly: { of: " + list(eventsWith(unusual.property())) + ", value: event."
                                + unusual.property().name() + " }");
                description("a " + phrase(unusual.property().name()) + " unlike their own earlier ones");
            }
            case Detector.Silent silent -> {
                line(
                        4,
                        "stall: { after: " + list(draft.events()) + ", without: " + list(draft.events()) + ", within: "
                                + Rounded.duration(silent.withinMillis()) + " }");
                description("nothing has happened for longer than usual");
            }
            case Detector.Fewer fewer -> {
                line(
                        4,
                        "decline: { of: " + list(draft.events()) + ", to: 50%, recent: " + fewer.recentDays()
                                + "d, baseline: " + 3 * fewer.recentDays() + "d, minimum: " + fewer.minimum() + " }");
                description("less than half as much as before");
            }
        }
    }

    private void ofJourney(boolean hasJourney) {
        if (hasJourney) {
            line(4, "journey: " + draft.name());
        }
    }

    private void description(String words) {
        line(4, "description: " + words);
    }

    private static String phrase(String name) {
        return name.replace('_', ' ');
    }

    private void predictions() {
        line(0, "");
        comment(
                0,
                "What `forestall learn` learns to predict. A model that is no better than simple rules is refused: then these events do not"
                        + " tell, or the horizon is wrong.");
        line(0, "predictions:");
        for (PredictionDraft each : draft.predictions()) {
            line(2, each.name() + ":");
            String population = "journey." + draft.name() + ".open";
            switch (each.target()) {
                case Target.GoesWrong wrong ->
                    question(
                            each,
                            "any(" + String.join(", ", names(wrong.types())) + ")",
                            "trait.went_wrong == 0",
                            "what sounds bad happens");
                case Target.Arrives arrives ->
                    question(
                            each,
                            "any(" + String.join(", ", names(arrives.types())) + ")",
                            population,
                            "the goal is reached");
                case Target.Stalls ignored ->
                    question(each, "stalls(" + draft.name() + ")", population, "nothing moves in the journey");
                case Target.ComesBack ignored ->
                    question(each, "any(" + String.join(", ", draft.events()) + ")", "", "anything happens");
                case Target.StaysAway ignored ->
                    question(each, "none(" + String.join(", ", draft.events()) + ")", "", "nothing happens");
            }
        }
    }

    private void question(PredictionDraft prediction, String target, String population, String description) {
        line(4, "target: " + target);
        line(4, "horizon: " + Rounded.duration(prediction.horizonMillis()) + " # " + prediction.why());
        line(4, "score_at: event");
        if (!population.isEmpty()) {
            line(4, "population: " + population);
        }
        description(description);
    }

    private void files() {
        line(0, "");
        comment(0, "Where everything stands in the file.");
        line(0, "files:");
        line(2, draft.name() + "_file:");
        line(
                4,
                "format: "
                        + switch (draft.shape().format()) {
                            case CSV -> "csv";
                            case JSON_LINES -> "jsonl";
                            case XES -> "xes";
                        });
        if (draft.shape().delimiter() != ',') {
            line(
                    4,
                    "delimiter: "
                            + (draft.shape().delimiter() == '\t'
                                    ? "tab"
                                    : quoted("" + draft.shape().delimiter())));
        }
        line(
                4,
                "identifiers: { " + draft.idName() + ": "
                        + quoted(draft.roles().id().column().name()) + " }");
        eventOf();
        time();
        absent();
        properties();
        draft.roles()
                .eventId()
                .ifPresent(column -> line(
                        4,
                        "event_id: " + quoted(column.name())
                                + " # likely: every record has its own, so a repeated one counts once"));
        if (!draft.leftOut().isEmpty()) {
            comment(
                    4,
                    "Not read: "
                            + draft.leftOut().entrySet().stream()
                                    .map(each -> each.getKey() + " (" + each.getValue() + ")")
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
    }

    private void eventOf() {
        if (draft.roles().types().isEmpty()) {
            line(4, "event: { is: " + draft.events().getFirst() + " }");
            return;
        }
        line(4, "event:");
        line(
                6,
                "from: "
                        + draft.roles().types().stream()
                                .map(each -> quoted(each.column().name()))
                                .collect(Collectors.joining(", ", "[", "]")));
        line(6, "names:");
        for (int type = 0; type < draft.events().size(); type++) {
            line(
                    8,
                    quoted(draft.stories().types().get(type)) + ": "
                            + draft.events().get(type));
        }
    }

    private void time() {
        Roles.Guess time = draft.roles().time();
        TimeFormats.Found format = draft.roles().format();
        comment(
                4,
                time.sure().words() + ": " + time.column().name() + " (" + time.why()
                        + "). Without an offset it is taken for UTC: add zone"
                        + " when it is not."
                        + (format.alternative().isEmpty()
                                ? ""
                                : " All values also read as " + format.alternative()
                                        + ": a guess which is meant; --time-format says it."));
        line(
                4,
                "time: { from: " + quoted(time.column().name())
                        + (format.format().equals("iso") ? "" : ", format: " + quoted(format.format())) + " }");
    }

    private void absent() {
        SortedMap<String, Long> missing = draft.roles().missing(draft.columns());
        if (!missing.isEmpty()) {
            line(
                    4,
                    "absent: " + words(List.copyOf(missing.keySet())) + " # likely: "
                            + missing.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            + " values are spelled so, which mostly means that there is none");
        }
    }

    private void properties() {
        SequencedMap<Property, String> read = new java.util.LinkedHashMap<>();
        draft.properties().stream()
                .filter(each -> draft.ofEvents().stream().anyMatch(of -> of.contains(each)))
                .forEach(each -> read.put(each, place(each)));
        if (read.isEmpty()) {
            return;
        }
        line(4, "properties:");
        read.forEach((property, place) -> line(6, property.name() + ": " + place + remark(property)));
    }

    private static String place(Property property) {
        String from = quoted(property.column().name());
        if (property.type() == Property.Type.TIME && !property.format().equals("iso")) {
            return "{ from: " + from + ", format: " + quoted(property.format()) + " }";
        }
        if (property.type() == Property.Type.BOOLEAN) {
            return "{ from: " + from + ", yes: " + words(property.yes()) + ", no: " + words(property.no()) + " }";
        }
        return property.isNumeric() && property.column().isCommaNumber()
                ? "{ from: " + from + ", decimal: \",\" }"
                : from;
    }

    /** What is known of a column, and how sure its type is. */
    private static String remark(Property property) {
        List<String> remarks = new ArrayList<>();
        remarks.add(Rounded.percent(property.column().fill()) + " filled");
        remarks.add(property.column().distinctWords() + " different");
        if (property.isPersonal()) {
            remarks.add("personal, a guess: " + property.personal());
        }
        if (!property.note().isEmpty()) {
            remarks.add(property.note());
        }
        return " # " + String.join("; ", remarks);
    }

    private List<String> names(Collection<Integer> types) {
        return types.stream().map(draft.events()::get).toList();
    }

    private static String list(List<String> names) {
        return names.size() == 1 ? names.getFirst() : "[" + String.join(", ", names) + "]";
    }

    private static String words(List<String> words) {
        return words.stream().map(PackText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String day(long millis) {
        return Instant.ofEpochMilli(millis).toString().substring(0, 10);
    }

    /** As YAML and JSON write a text of any letters. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20 || c >= 0x7f && c < 0xa0 || c == 0xfeff || c == 0x2028 || c == 0x2029) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    private void line(int indent, String line) {
        text.append(line.isEmpty() ? "" : " ".repeat(indent)).append(line).append('\n');
    }

    /** In lines of readable width. Values of the file may stand in it, so line ends are no line ends. */
    private void comment(int indent, String words) {
        StringBuilder line = new StringBuilder("#");
        for (String word : words.replaceAll("[\\s\\p{Cntrl}]+", " ").split(" ")) {
            if (line.length() + 1 + word.length() + indent > WIDTH && line.length() > 1) {
                line(indent, line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        line(indent, line.toString());
    }
}
