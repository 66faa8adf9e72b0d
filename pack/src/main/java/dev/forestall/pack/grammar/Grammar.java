package dev.forestall.pack.grammar;

import dev.forestall.loop.event.EventType;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.journey.Journey;
import dev.forestall.pack.grammar.Shape.Choice;
import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Key;
import dev.forestall.pack.grammar.Shape.Leaf;
import dev.forestall.pack.grammar.Shape.Many;
import dev.forestall.pack.grammar.Shape.Named;
import dev.forestall.pack.grammar.Shape.Whole;
import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of packs: every key there is, what may stand behind it, and what it means. Those of detectors stand with the detectors, in {@code
 * dev.forestall.pack.Detectors}.
 */
public final class Grammar {

    /** So many things of one sort a pack may declare. */
    public static final int MAX_DECLARED = 1_000;

    public static final Leaf NAME = new Leaf(Kind.NAME);
    private static final Leaf TEXT = new Leaf(Kind.TEXT);
    public static final Leaf DURATION = new Leaf(Kind.DURATION);
    public static final Leaf SPAN = new Leaf(Kind.SPAN);
    public static final Leaf WAIT = new Leaf(Kind.WAIT);
    public static final Leaf PERCENT = new Leaf(Kind.PERCENT);
    public static final Leaf CONDITION = new Leaf(Kind.CONDITION);
    public static final Leaf FORMULA = new Leaf(Kind.FORMULA);
    public static final Leaf WORDS = new Leaf(Kind.WORDS);
    private static final Leaf FLAG = new Leaf(Kind.FLAG);

    /** Events by name or condition, with a further condition. */
    public static final Fields EVENTS_WHERE = fields(
            "events with a condition",
            must("event", oneOrMany(new Leaf(Kind.EVENT_NAME)), "The name of the event, or a list of names."),
            may(
                    "where",
                    CONDITION,
                    "always",
                    "What must hold as well. Only properties of these events can be asked for."));

    /** Which events are meant. */
    public static final Either EVENTS = new Either(List.of(
            new Leaf(Kind.EVENTS),
            new Many(new Either(List.of(new Leaf(Kind.EVENTS), EVENTS_WHERE)), 1, 100),
            EVENTS_WHERE));

    public static final Fields CUSTOMER_IDENTIFIER = fields(
            "an identifier",
            must("name", NAME, "How events call it."),
            may(
                    "limit",
                    new Whole(1, 1_000_000),
                    "1",
                    "With how many identifiers of any one stronger kind a value may come together; with more it counts as shared by several people and joins nobody any more."));

    public static final Fields SUBJECT = new Fields(
            "a kind of subjects",
            List.of(
                    may(
                            "identifiers",
                            new Many(new Either(List.of(NAME, CUSTOMER_IDENTIFIER)), 1, 16),
                            "",
                            "For `customer`: how events name a customer, the strongest first."),
                    may("identifier", NAME, "", "For any other kind: how events name it.")),
            List.of("identifiers", "identifier"));

    public static final Fields PROPERTY = fields(
            "a property",
            must(
                    "type",
                    propertyType(),
                    "What kind of value it holds. `money` is counted in minor units, `time` and `duration` to the millisecond."),
            may("required", FLAG, "false", "Whether an event without it is rejected."),
            may(
                    "personal",
                    FLAG,
                    "false",
                    "Whether it is personal data: masked for people, refused as the dimension of groups."),
            may("unit", TEXT, "", "The unit of a number, such as `kg`, for people."),
            may("currency", new Leaf(Kind.CURRENCY), "the pack's", "Of money."));

    public static final Named PROPERTIES = new Named(
            "properties", Kind.NAME, new Either(List.of(propertyType(), PROPERTY)), EventType.MAX_PROPERTIES, false);

    public static final Fields TRAIT = new Fields(
            "a trait",
            List.of(
                    may("first", FORMULA, "", "Keeps the earliest value, by event time: a number or a text."),
                    may("last", FORMULA, "", "Keeps the latest value, by event time: a number or a text."),
                    may("sum", FORMULA, "", "Adds the values."),
                    may("min", FORMULA, "", "Keeps the smallest value."),
                    may("max", FORMULA, "", "Keeps the largest value."),
                    may("count", EVENTS, "", "Counts these events."),
                    may("of", EVENTS, "", "The events from which the value is taken. Not with `count`."),
                    may(
                            "within",
                            SPAN,
                            "all time",
                            "Only events of the last so much time, (t - within, t], count. With `count` and `sum`, which then remember at most 256 events."),
                    may("on", NAME, "customer", "The kind of subject that has it.")),
            List.of("first", "last", "sum", "min", "max", "count"));

    public static final Fields JOURNEY = fields(
            "a journey",
            may(
                    "key",
                    NAME,
                    "one run at a time",
                    "An identifier or text property that tells several runs of one customer apart."),
            must("start", EVENTS, "What starts a run, unless one with this key is open."),
            must(
                    "steps",
                    new Named("steps", Kind.NAME, EVENTS, 64, true),
                    "The steps in the order in which a smooth run passes them, each with the events that bring a customer into it."),
            must("goal", EVENTS, "What the customer wants to reach. Ends the run."),
            may("failed", EVENTS, "", "What counts as failed for the customer. Ends the run."),
            may("closed", EVENTS, "", "What ends it neither completed nor failed, such as the company's own decision."),
            may(
                    "abandoned",
                    SPAN,
                    "never",
                    "After so long without any event of the run it counts as abandoned, which is failed."),
            may("value", FORMULA, "", "The value at risk, in money, computed from the event that starts the run."));

    /** What a signal may say beside what it looks for. */
    private static final List<Key> ANY_SIGNAL = List.of(
            may(
                    "journey",
                    NAME,
                    "the subject as a whole",
                    "Looks at each run of this journey by itself, from its start to its end."),
            may("on", NAME, "customer", "The kind of subject it looks at."),
            may(
                    "affects",
                    SPAN,
                    "nobody",
                    "With `on` an entity: the signal affects the customers named together with the entity within this time; while it is active they see it as `context.` and its name."),
            may(
                    "fires",
                    new Choice(List.of("once", "each event")),
                    "once",
                    "`once` while the condition holds; or at `each event` that meets it, then it never ends and is not withdrawn."),
            may("description", TEXT, "the name", "What it means, for people."));

    private static final Fields COUNTED = fields(
            "counted events",
            must("of", EVENTS, "What is counted."),
            must("at_least", new Whole(1, 1_000_000), "So many of them within the horizon are the outcome."));

    private static final Fields SUMMED = fields(
            "summed values",
            must("of", EVENTS, "Which events carry the value."),
            must("value", FORMULA, "The value, from such an event."),
            must("above", new Leaf(Kind.NUMBER), "A higher sum within the horizon is the outcome."));

    /** What counts as the outcome, written out. */
    public static final Fields QUESTION = new Fields(
            "an outcome to predict",
            List.of(
                    may("any", EVENTS, "", "Any such event."),
                    may("none", EVENTS, "", "No such event."),
                    may("count", COUNTED, "", "So many such events."),
                    may("sum", SUMMED, "", "Values that add up to so much."),
                    may("fails", NAME, "", "A run of this journey fails."),
                    may("stalls", NAME, "", "Nothing moves in this journey."),
                    may(
                            "labelled",
                            CONDITION,
                            "",
                            "The event of the moment says so itself: history that others have labelled. The properties asked for become known to nothing else.")),
            List.of("any", "none", "count", "sum", "fails", "stalls", "labelled"));

    public static final Fields PREDICTION = fields(
            "a prediction",
            must(
                    "target",
                    new Either(List.of(new Leaf(Kind.OUTCOME), QUESTION)),
                    "What may happen: in short `any(EVENT)`, `none(EVENT)`, `fails(JOURNEY)`, `stalls(JOURNEY)`, or written out."),
            may(
                    "horizon",
                    SPAN,
                    "",
                    "How far ahead: it counts in (t, t + horizon]. Needed for all but what is labelled."),
            may(
                    "score_at",
                    oneOrMany(new Leaf(Kind.MOMENT)),
                    "event",
                    "When a customer is scored: after each `event`, each `day` or `hour` or other duration, on entering `step(JOURNEY.STEP)`, when `signal.NAME` is raised."),
            may("first", new Whole(1, 1_000_000), "no limit", "Each customer is scored at most so many times."),
            may("population", CONDITION, "every customer", "Who is scored: what must hold at that moment."),
            may(
                    "levels",
                    oneOrMany(PERCENT),
                    "those that policies and alerts name",
                    "Probabilities at whose crossing a risk change is reported, with reasons."),
            may("value", FORMULA, "", "The value at risk if it happens, in money: `journey.value`, or a number."),
            may("challenger", PERCENT, "0%", "The share of customers that the challenger scores, when there is one."),
            may(
                    "retrain",
                    SPAN,
                    "",
                    "After so much time the model is due for retraining, which `./forestall models monitor --retrain` does."),
            may("description", TEXT, "the name", "What it means, for people."));

    public static final Fields WORKLOAD = fields(
            "a workload",
            must(
                    "by",
                    NAME,
                    "The property of events whose text says which team, branch or machine handles the customer."),
            may("each", SPAN, "1d", "Over which time its work is counted."));

    public static final Fields FEATURES = fields(
            "what models may know",
            may(
                    "workload",
                    new Named("workloads", Kind.NAME, WORKLOAD, 20, false),
                    "",
                    "How busy teams, branches or machines are: models then know the workload of the one that handles a customer."),
            may(
                    "half_lives",
                    new Many(SPAN, 1, 6),
                    "1d, 7d, 28d",
                    "Over how long something counts as recent, ascending."),
            may(
                    "exclude",
                    oneOrMany(TEXT),
                    "",
                    "Properties, traits, signals, journeys or events that no model may know, by name, or as `property amount` where names are shared."));

    public static final Fields LANGUAGE = fields(
            "a language of reasons",
            may(
                    "labels",
                    new Named("what reasons are about", Kind.TEXT, TEXT, MAX_DECLARED, false),
                    "the names",
                    "How people call it in this language."),
            may(
                    "phrases",
                    new Named("English phrases", Kind.TEXT, TEXT, MAX_DECLARED, false),
                    "the built-in ones, else English",
                    "How this language says them, with the same places in braces."));

    public static final Fields REASONS = fields(
            "what is said as a reason",
            may(
                    "exclude",
                    oneOrMany(TEXT),
                    "",
                    "What must not appear as a reason, though models may know it: what is protected, or what nobody can do anything about."),
            may("max", new Whole(1, 20), "5", "So many reasons at most."),
            may(
                    "labels",
                    new Named("what reasons are about", Kind.TEXT, TEXT, MAX_DECLARED, false),
                    "the names",
                    "How people call it, in `language`."),
            may("language", NAME, "en", "What people read by default: `en`, `de`, `nl`, `fr`, or one of `languages`."),
            may(
                    "languages",
                    new Named("languages", Kind.NAME, LANGUAGE, 50, false),
                    "",
                    "Further languages, and own words in the built-in ones."));

    public static final Fields ACTION = new Fields(
            "an action",
            List.of(
                    may(
                            "message",
                            new Leaf(Kind.FILE_NAME),
                            "",
                            "Sends the message of this name: the template `messages/NAME.liquid` of the pack."),
                    may(
                            "workflow",
                            new Leaf(Kind.FILE_NAME),
                            "",
                            "Starts the workflow in this file: `workflows/NAME` of the pack, such as `call-back.bpmn`."),
                    may(
                            "show",
                            new Leaf(Kind.FILE_NAME),
                            "",
                            "Shows what the page or app that asks knows by this name; only for policies with `ask`."),
                    must(
                            "channel",
                            oneOrMany(NAME),
                            "How it reaches the customer: `email`, `sms`, `push`, `voice` or any other name. Of several, the first that the gate allows is taken."),
                    may(
                            "prefer",
                            WORDS,
                            "the order of `channel`",
                            "The channel that the customer prefers, such as `trait.channel`: it is tried first if it is one of `channel`."),
                    may(
                            "purpose",
                            NAME,
                            "`service` in a pack without `purposes`",
                            "What it is for; required where the pack declares purposes."),
                    may(
                            "with",
                            new Named("parameters", Kind.NAME, FORMULA, 50, false),
                            "",
                            "What the message or workflow is filled with: names and CEL, such as `amount: trait.amount`."),
                    may(
                            "uses",
                            new Named("resources", Kind.NAME, new Whole(1, 1_000_000), 20, false),
                            "",
                            "What it takes of `resources`, such as `agent_minutes: 6`: it waits until that much is left."),
                    may(
                            "expires",
                            SPAN,
                            "3d",
                            "For so long after the decision it is of use; what could not be sent by then never is."),
                    may(
                            "withdraw_when",
                            new Leaf(Kind.WITHDRAWAL),
                            "cause ends",
                            "What takes a request back: `cause ends` (what was decided on is over, or the run of its journey has ended), another trigger such as `signal.outage ends`, or `never`."),
                    must("cost", new Leaf(Kind.AMOUNT), "Of doing it once, in the pack's currency."),
                    may("description", TEXT, "the name", "What it means, for people.")),
            List.of("message", "workflow", "show"));

    public static final Fields RESOURCE = fields(
            "a resource",
            must("amount", new Whole(1, 1_000_000_000), "How much there is in each period, in a unit of its own."),
            must("per", SPAN, "How long a period is; periods begin at whole multiples of it since 1970 UTC."));

    public static final Fields CANDIDATE = fields(
            "a candidate",
            must("action", NAME, "The action."),
            may("uplift", FORMULA, "0", "By how much it is expected to raise the probability of success, 0 to 1."),
            may("when", CONDITION, "always", "What must hold for it to be possible."));

    public static final Fields POLICY = fields(
            "a policy",
            may(
                    "on",
                    oneOrMany(new Leaf(Kind.TRIGGER)),
                    "",
                    "The signals, also those of others that affect the customer, and the levels of risks, on which it decides. A policy has either this or `ask`."),
            may(
                    "ask",
                    new Choice(List.of("in_session")),
                    "",
                    "It decides when a page or an app asks, while the customer is there; what is chosen is shown by whoever asks."),
            may(
                    "hold",
                    SPAN,
                    "30m",
                    "With `ask`: for so long an answer stands, unless a signal, a risk or a case of the customer changes."),
            may("when", CONDITION, "always", "What must hold as well."),
            must(
                    "candidates",
                    oneOrMany(new Either(List.of(NAME, CANDIDATE))),
                    "The actions to choose from; of equals the first wins. `nothing` is always a candidate."),
            must(
                    "objective",
                    FORMULA,
                    "The expected value of a candidate, in money, from its `uplift` and `cost`; the highest wins."),
            may("value_at_risk", FORMULA, "", "The value at risk, in money, for the record."),
            may("holdout", PERCENT, "10%", "The share of customers in the control group, for whom no action is taken."),
            may(
                    "ramp",
                    PERCENT,
                    "100%",
                    "The share of those who are not held out for whom it acts; the others are in its control group. When it grows, customers join and nobody leaves."),
            may(
                    "stop_above",
                    new Leaf(Kind.RATE),
                    "never",
                    "When a server makes more requests of it than this, such as `500 per 1h`, it stops the policy until a person lets it go on."),
            may(
                    "priority",
                    new Whole(0, Purpose.MAX_PRIORITY),
                    "that of the action's purpose",
                    "Of several requests to one customer at the same instant, the one with the highest priority is made."),
            may("cooldown", DURATION, "none", "For so long after a decision on the same run it does not decide again."),
            may(
                    "max_age",
                    SPAN,
                    "1h",
                    "A trigger older than this when it comes to be known is too old to act on: it is recorded, and nothing is done. In history nothing is too old."));

    public static final Fields ALERT = fields(
            "an alert",
            must(
                    "on",
                    oneOrMany(new Leaf(Kind.TRIGGER)),
                    "The signals, also those of others that affect the customer, and the levels of risks, that raise it."),
            must("owner", TEXT, "Who owns it."),
            may(
                    "group_by",
                    new Choice(List.of("subject", "journey")),
                    "subject",
                    "What is grouped into one open alert: all signals about the subject, or those about one run of a journey."),
            may("escalate_after", SPAN, "never", "An alert open for so long is escalated."),
            may("cooldown", DURATION, "none", "For so long after it was resolved the same is suppressed."),
            may(
                    "auto_resolve_after",
                    SPAN,
                    "never",
                    "An alert to which nothing was added for so long is resolved by itself."));

    public static final Fields OUTCOME = new Fields(
            "an outcome",
            List.of(
                    may("event", EVENTS, "", "Success when such an event happens in time."),
                    may("none_of", EVENTS, "", "Success when no such event happens in time."),
                    must("within", SPAN, "How long after the decision, (t, t + within].")),
            List.of("event", "none_of"));

    private static final Choice RESPECTED = new Choice(List.of("respected", "ignored"));

    public static final Fields PURPOSE = fields(
            "a purpose",
            may(
                    "priority",
                    new Whole(0, Purpose.MAX_PRIORITY),
                    "0",
                    "Of several requests to one customer at one instant, the one with the highest goes on."),
            may(
                    "consent",
                    new Choice(List.of("needed", "not_needed")),
                    "needed",
                    "Whether the customer must have agreed."),
            may("opt_out", RESPECTED, "respected", "Whether the customer can object."),
            may("decided_by", new Choice(List.of("human")), "nobody", "A person must approve each request."),
            may(
                    "quiet",
                    RESPECTED,
                    "as `opt_out`",
                    "Whether it waits in quiet hours and while the calendar is closed."),
            may("caps", RESPECTED, "as `opt_out`", "Whether caps hold for it and count it."));

    public static final Fields CONTROL = fields(
            "the control group",
            must("share", PERCENT, "The share of the customers whom nobody contacts, to know what all contacts bring."),
            may(
                    "exempt",
                    oneOrMany(NAME),
                    "",
                    "The purposes for which they are contacted all the same. What these bring cannot be known."));

    public static final Fields CONSENT = fields(
            "what says it",
            must("event", EVENTS, "The events that say it."),
            may("purpose", WORDS, "every purpose", "What for, from such an event."),
            may("channel", WORDS, "every channel", "On which channel, from such an event."),
            may("until", FORMULA, "no end", "From when on it is no more: a time, from such an event. With `given`."));

    public static final Fields CONSENTS =
            fields("consent", may("given", CONSENT, "", "Who agrees."), may("withdrawn", CONSENT, "", "Who objects."));

    public static final Fields QUIET = fields(
            "quiet hours",
            may(
                    "hours",
                    new Leaf(Kind.HOURS),
                    "none",
                    "The part of each day in which nobody is contacted, by the clock where the customer is."),
            may("zone", WORDS, "unknown", "The time zone of the customer, such as `trait.time_zone`."),
            may(
                    "else",
                    new Leaf(Kind.ZONE),
                    "UTC",
                    "The zone of customers of whom none is known, or one that does not exist."),
            may(
                    "release",
                    DURATION,
                    "0s",
                    "Over so long what was held back goes out afterwards, so that not all leaves at once."));

    public static final Fields SUPPRESSION = fields(
            "suppression",
            must(
                    "after",
                    EVENTS,
                    "The events after which a customer is not contacted: on the event's `channel` if it has one, else on all."),
            must("for", SPAN, "For how long, from the event on."));

    public static final Fields GATE = fields(
            "the gate",
            may("quiet", QUIET, "", "When nobody is contacted."),
            may("calendar", new Leaf(Kind.CALENDAR_NAME), "", "Outside of this calendar nobody is contacted."),
            may(
                    "caps",
                    new Named(
                            "purposes or channels, or `any` for all together",
                            Kind.NAME,
                            new Leaf(Kind.RATE),
                            100,
                            false),
                    "",
                    "How often a customer is contacted at most (at most " + Cap.MAX_TIMES + " times)."),
            may("suppress", SUPPRESSION, "", "After what a customer is not contacted for some time."));

    public static final Fields CALENDAR = fields(
            "a calendar",
            may("channels", oneOrMany(NAME), "every channel", "The channels for which it holds."),
            may(
                    "weekdays",
                    oneOrMany(new Choice(
                            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))),
                    "monday to friday",
                    "The days on which it is open."),
            may("hours", new Leaf(Kind.HOURS), "00:00-24:00", "The part of such a day in which it is open."),
            may("holidays", oneOrMany(new Leaf(Kind.DATE)), "", "The days on which it is closed."));

    private static final Fields FILE_TIME = fields(
            "a time in a file",
            must("from", TEXT, "Where it stands."),
            may("format", new Leaf(Kind.TIME_FORMAT), "iso", "How it is written."),
            may("zone", new Leaf(Kind.ZONE), "UTC", "In which zone it is read where it names no offset."),
            may(
                    "earliest",
                    new Leaf(Kind.DATE),
                    "1971-01-01",
                    "Records of before this day (UTC) are rejected: seconds taken for milliseconds, and 0 for no time, look like 1970."),
            may(
                    "latest",
                    new Leaf(Kind.DATE),
                    "the day after the file is read",
                    "Records of after the beginning of this day (UTC) are rejected."));

    private static final Fields FILE_EVENT = fields(
            "how a record tells its event",
            may("is", new Leaf(Kind.EVENT_NAME), "", "Every record is this event. Instead of `from`."),
            may("from", oneOrMany(TEXT), "", "Where it stands; of several places the values are joined by `/`."),
            may(
                    "names",
                    new Named("values", Kind.TEXT, new Leaf(Kind.EVENT_NAME), MAX_DECLARED, false),
                    "the values are the names",
                    "Which event a value is."),
            may("ignore", oneOrMany(TEXT), "", "Values of records that are left out on purpose."));

    public static final Fields FILE_PROPERTY = fields(
            "a property in a file",
            must("from", TEXT, "Where it stands."),
            may(
                    "in",
                    oneOrMany(new Leaf(Kind.EVENT_NAME)),
                    "every event that declares it",
                    "The events for which it stands there."),
            may("format", new Leaf(Kind.TIME_FORMAT), "iso", "Of a time: how it is written."),
            may(
                    "zone",
                    new Leaf(Kind.ZONE),
                    "that of `time`",
                    "Of a time: in which zone it is read where it names no offset."),
            may(
                    "unit",
                    new Choice(List.of("ms", "s", "m", "h", "d", "minor")),
                    "",
                    "Of a duration: the unit of the number there. Of money: `minor` when whole minor units stand there."),
            may("decimal", new Leaf(Kind.MARK), "`.`", "Of a number or money: what stands before the decimals."),
            may("groups", new Leaf(Kind.MARK), "nothing", "Of a number or money: what groups the digits."),
            may("yes", oneOrMany(TEXT), "`true`", "Of a boolean: the words for true. With `no`."),
            may("no", oneOrMany(TEXT), "`false`", "Of a boolean: the words for false. With `yes`."));

    public static final Fields FILE = fields(
            "a kind of files",
            may(
                    "named",
                    oneOrMany(TEXT),
                    "any name",
                    "Names of the files, where `*` stands for any letters and `?` for one."),
            must(
                    "format",
                    oneOrMany(new Choice(List.of("csv", "jsonl", "xes"))),
                    "What the files are made of; each may be compressed with gzip."),
            may("delimiter", new Leaf(Kind.DELIMITER), "`,`", "Between the columns of CSV."),
            must("identifiers", new Named("identifiers", Kind.NAME, TEXT, 64, false), "Where identifiers stand."),
            must("event", FILE_EVENT, "Which event a record is."),
            must("time", FILE_TIME, "When it happened."),
            may(
                    "properties",
                    new Named(
                            "properties",
                            Kind.NAME,
                            new Either(List.of(TEXT, FILE_PROPERTY, new Many(FILE_PROPERTY, 1, 100))),
                            1_000,
                            false),
                    "",
                    "Where properties stand; a list when it differs by event."),
            may("absent", oneOrMany(TEXT), "", "Texts that mean that there is no value, such as `NULL`."),
            may(
                    "event_id",
                    oneOrMany(TEXT),
                    "",
                    "Where the event's own id stands; of several places the values are joined by `/`."),
            may("order", new Choice(List.of("by_time", "as_is")), "by_time", "In which order events are handed on."));

    public static final Fields SOURCE = fields(
            "a live source",
            must(
                    "kind",
                    new Choice(List.of("segment")),
                    "In which form it speaks: `segment`, the calls of Segment's HTTP API."),
            may(
                    "identifiers",
                    new Named("identifiers", Kind.NAME, TEXT, 64, false),
                    "`userId`, `anonymousId` and `groupId` in the fields of these names, others among properties or traits",
                    "Where identifiers stand in a call: `userId`, `traits.email`."),
            may(
                    "events",
                    new Named("names", Kind.TEXT, new Leaf(Kind.EVENT_NAME), MAX_DECLARED, false),
                    "the names of the tracking plan",
                    "Which event it means by a name."),
            may(
                    "clock",
                    new Choice(List.of("auto", "segment", "trust")),
                    "auto",
                    "Whose clock says when something happened: the sender's (`trust`), the sender's set right by when the call "
                            + "was sent (`segment`), or the former of servers and the latter of all others."));

    private Grammar() {}

    /** A signal: exactly one of the detectors, and what any signal may say. */
    public static Fields signal(List<Key> detectors) {
        List<Key> keys = new ArrayList<>(detectors);
        keys.addAll(ANY_SIGNAL);
        return new Fields("a signal", keys, detectors.stream().map(Key::name).toList());
    }

    /** A pack as a whole. */
    public static Fields pack(Fields signal) {
        return fields(
                "a pack",
                must("pack", NAME, "Its name."),
                may("currency", new Leaf(Kind.CURRENCY), "EUR", "In which values and costs are counted."),
                may(
                        "lateness",
                        DURATION,
                        "0s",
                        "How much later than others an event may arrive and still be in time: silence counts only after it."),
                may("tick", SPAN, "1m", "How often, in event time, those who are silent are looked after."),
                must(
                        "subjects",
                        new Named("kinds of subjects", Kind.NAME, SUBJECT, 32, false),
                        "Who and what keeps a state: `customer`, and entities customers depend on."),
                must(
                        "events",
                        new Named("events", Kind.EVENT_NAME, PROPERTIES, MAX_DECLARED, false),
                        "The tracking plan: what may happen, and what it says."),
                may(
                        "traits",
                        new Named("traits", Kind.NAME, TRAIT, MAX_DECLARED, false),
                        "",
                        "What is remembered about a subject."),
                may(
                        "journeys",
                        new Named("journeys", Kind.NAME, JOURNEY, 100, false),
                        "",
                        "What customers go through. Of each, a customer has at most " + Journey.MAX_RUNS
                                + " runs at once."),
                may("signals", new Named("signals", Kind.NAME, signal, MAX_DECLARED, false), "", "What to look for."),
                may(
                        "predictions",
                        new Named("predictions", Kind.NAME, PREDICTION, 100, false),
                        "",
                        "What to predict. `./forestall learn` learns how from history."),
                may("features", FEATURES, "", "What models may know of a customer."),
                may("reasons", REASONS, "", "What is said of why a risk is high."),
                may(
                        "resources",
                        new Named("resources", Kind.NAME, RESOURCE, 50, false),
                        "",
                        "What there is only so much of, such as the minutes of agents."),
                may("actions", new Named("actions", Kind.NAME, ACTION, MAX_DECLARED, false), "", "What can be done."),
                may("policies", new Named("policies", Kind.NAME, POLICY, 100, false), "", "When and how to decide."),
                may(
                        "purposes",
                        new Named("purposes", Kind.NAME, PURPOSE, 20, false),
                        "`legal`, `service`, `credit`, `marketing`",
                        "What customers are contacted for, and which rules hold for it."),
                may("control", CONTROL, "", "The universal control group."),
                may("consent", CONSENTS, "", "Which events say what customers agree to, beside what channels report."),
                may("gate", GATE, "", "What holds for all contacts."),
                may(
                        "calendars",
                        new Named("calendars", Kind.CALENDAR_NAME, CALENDAR, 20, false),
                        "",
                        "When a business is open. Each can be a file of its own, `calendars/NAME.yaml`."),
                may("alerts", new Named("alerts", Kind.NAME, ALERT, MAX_DECLARED, false), "", "Who is notified."),
                may("outcomes", new Named("outcomes", Kind.NAME, OUTCOME, 100, false), "", "What decisions aim at."),
                may("files", new Named("kinds of files", Kind.NAME, FILE, 100, false), "", "How files become events."),
                may(
                        "sources",
                        new Named("sources", Kind.NAME, SOURCE, 100, false),
                        "one, `app`, of the kind `segment`",
                        "How what live sources say becomes events. No part of the hash."));
    }

    private static Choice propertyType() {
        return new Choice(List.of("string", "number", "integer", "boolean", "money", "time", "duration"));
    }

    /** One of these, or a list of them. */
    public static Either oneOrMany(Shape each) {
        return new Either(List.of(each, new Many(each, 1, 100)));
    }

    /** A mapping with given keys. */
    public static Fields fields(String name, Key... keys) {
        return new Fields(name, List.of(keys), List.of());
    }

    /** A key that must be there. */
    public static Key must(String name, Shape shape, String meaning) {
        return new Key(name, shape, true, "", meaning);
    }

    /**
     * A key that may be left out.
     *
     * @param standard what counts then, for people
     */
    public static Key may(String name, Shape shape, String standard, String meaning) {
        return new Key(name, shape, false, standard, meaning);
    }
}
