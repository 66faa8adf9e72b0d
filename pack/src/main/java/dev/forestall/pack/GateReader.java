package dev.forestall.pack;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.gate.Calendar;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.DailyHours;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.GateRules.ConsentRule;
import dev.forestall.loop.gate.GateRules.SuppressionRule;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problem.Severity;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what holds for all contacts: consent, quiet hours, calendars, caps and suppression. */
final class GateReader {

    /** All contacts together, in caps. */
    static final String ANY = "any";

    private static final Site DECISION = new Site(Site.Stage.DECISION, new BitSet(), false);
    private static final String CHANNEL = "channel";

    private final TrackingPlan plan;
    private final Expressions expressions;
    private final EventsReader events;
    private final PurposesReader purposes;
    private final Set<String> channels;
    private final Problems problems;

    /** @param channels that actions use */
    GateReader(
            TrackingPlan plan,
            Expressions expressions,
            EventsReader events,
            PurposesReader purposes,
            Set<String> channels,
            Problems problems) {
        this.plan = plan;
        this.expressions = expressions;
        this.events = events;
        this.purposes = purposes;
        this.channels = channels;
        this.problems = problems;
    }

    GateRules read(Section pack) {
        CalendarsReader calendars = new CalendarsReader(pack, problems);
        Optional<Section> gate = pack.section("gate");
        Optional<Section> quiet = gate.flatMap(each -> each.section("quiet"));
        DailyHours hours = quiet.flatMap(each -> CalendarsReader.hours(each, "hours", problems))
                .orElse(null);
        Calendar calendar = gate.flatMap(
                        each -> each.scalar("calendar").flatMap(name -> calendars.find(name, each.pathOf("calendar"))))
                .orElse(null);
        return new GateRules(
                consents(pack),
                gate.map(this::suppressions).orElse(List.of()),
                gate.map(this::caps).orElse(List.of()),
                hours,
                calendar,
                quiet.map(each -> words(each, "zone", DECISION)).orElse(null),
                quiet.map(this::zoneElse).orElse(ZoneId.of("UTC")),
                quiet.map(each -> each.millis("release", 0)).orElse(0L));
    }

    private ZoneId zoneElse(Section quiet) {
        String zone = quiet.text("else", "UTC");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            problems.error(
                    PackError.WRONG_VALUE,
                    quiet.placeOf("else"),
                    quiet.pathOf("else"),
                    "there is no time zone '" + zone + "'",
                    "Write a zone such as Europe/Berlin, or UTC");
            return ZoneId.of("UTC");
        }
    }

    private List<ConsentRule> consents(Section pack) {
        List<ConsentRule> rules = new ArrayList<>();
        Optional<Section> consent = pack.section("consent");
        for (String key : List.of("given", "withdrawn")) {
            consent.flatMap(each -> each.section(key))
                    .flatMap(section -> consent(section, key.equals("given")))
                    .ifPresent(rules::add);
        }
        return rules;
    }

    private Optional<ConsentRule> consent(Section section, boolean isGiven) {
        if (!isGiven && section.has("until")) {
            problems.error(
                    PackError.UNKNOWN_KEY,
                    section.placeOf("until"),
                    section.pathOf("until"),
                    "an objection has no end",
                    "Leave 'until' out");
        }
        return events.read(section, "event", Site.Stage.SIGNAL).map(of -> {
            Site site = Site.at(Site.Stage.SIGNAL, of.types());
            return new ConsentRule(
                    of.pattern(),
                    isGiven,
                    words(section, "purpose", site),
                    words(section, CHANNEL, site),
                    isGiven ? time(section, "until", site) : null);
        });
    }

    private @Nullable Words words(Section section, String key, Site site) {
        return section.scalar(key)
                .flatMap(text -> expressions.compile(text, section.pathOf(key), site, Sort.TEXT))
                .map(Compiled::words)
                .orElse(null);
    }

    private @Nullable Formula time(Section section, String key, Site site) {
        return section.scalar(key)
                .flatMap(text -> expressions.compile(text, section.pathOf(key), site, Sort.TIME))
                .map(Compiled::stored)
                .orElse(null);
    }

    private List<SuppressionRule> suppressions(Section gate) {
        return gate
                .section("suppress")
                .flatMap(section -> events.read(section, "after", Site.Stage.SIGNAL)
                        .map(of -> new SuppressionRule(
                                of.pattern(), channelOf(plan), section.millis("for", Durations.unit("d")))))
                .stream()
                .toList();
    }

    /** The channel that an event names, by the place of the property in each type of events. */
    private static Words channelOf(TrackingPlan plan) {
        int[] places = new int[plan.types().size()];
        for (EventType type : plan.types()) {
            places[type.index()] = type.property(CHANNEL)
                    .filter(property -> property.type() == PropertyType.STRING)
                    .map(Property::slot)
                    .orElse(-1);
        }
        return scope -> {
            Event event = scope.event();
            int place = event == null ? -1 : places[event.type().index()];
            return event == null || place < 0 ? null : event.text(place);
        };
    }

    /** The caps, those for all contacts together first. */
    private List<Cap> caps(Section gate) {
        for (String channel : channels) {
            if (purposes.has(channel)) {
                problems.error(
                        PackError.NAME_TAKEN,
                        gate.place(),
                        gate.path(),
                        "'" + channel + "' is a purpose and a channel",
                        "Caps name both; give one of them another name");
            }
        }
        List<Cap> caps = new ArrayList<>();
        for (Member member : gate.members("caps")) {
            if (member.node() instanceof Scalar rate) {
                cap(member, rate).ifPresent(caps::add);
            }
        }
        caps.sort(Comparator.comparing(Cap::scope).thenComparing(Cap::name));
        return caps;
    }

    private Optional<Cap> cap(Member member, Scalar rate) {
        Cap.Scope scope = member.name().equals(ANY)
                ? Cap.Scope.ALL
                : purposes.has(member.name()) ? Cap.Scope.PURPOSE : Cap.Scope.CHANNEL;
        checkScope(member, scope);
        int per = rate.text().indexOf(" per ");
        if (per < 0 || !Durations.isDuration(rate.text().substring(per + 5))) {
            return Optional.empty();
        }
        int times = Integer.parseInt(rate.text().substring(0, per));
        long within = Durations.millis(rate.text().substring(per + 5));
        if (times < 1 || times > Cap.MAX_TIMES || within == 0) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    rate.place(),
                    member.path(),
                    "'" + rate.text() + "' is outside the limits",
                    "From 1 to " + Cap.MAX_TIMES + " times per more than 0s are possible");
            return Optional.empty();
        }
        return Optional.of(new Cap(scope, scope == Cap.Scope.ALL ? "" : member.name(), times, within));
    }

    private void checkScope(Member member, Cap.Scope scope) {
        if (scope == Cap.Scope.CHANNEL && !channels.contains(member.name())) {
            Set<String> possible = new TreeSet<>(channels);
            purposes.all().forEach(each -> possible.add(each.name()));
            problems.add(new Problem(
                    PackError.UNUSED,
                    Severity.WARNING,
                    member.key().place(),
                    member.path(),
                    "no action uses the channel '" + member.name() + "', and no purpose has that name",
                    channels.isEmpty() ? "There is no channel" : "There is " + Nearest.list(channels),
                    Nearest.to(member.name(), possible)));
        }
        boolean isExempt = purposes.all().stream()
                .anyMatch(each -> each.ignoresCaps() && each.name().equals(member.name()));
        if (scope == Cap.Scope.PURPOSE && isExempt) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    member.key().place(),
                    member.path(),
                    "caps do not hold for the purpose '" + member.name() + "'",
                    "Leave the cap out, or write caps: respected at the purpose");
        }
    }
}
