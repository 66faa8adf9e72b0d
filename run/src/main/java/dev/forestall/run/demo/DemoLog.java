package dev.forestall.run.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes a made-up log of loan applications with the columns and activities of a Dutch bank's, application after application. The same
 * seed gives the same bytes. Customers, amounts and staff are invented; how long things take and how they end follows rough rules
 * written here, not any real log.
 */
public final class DemoLog {

    /** Enough for a group to stand out, and read in seconds. */
    public static final int APPLICATIONS = 4_000;

    /** In the last third of the log, of those in the planted group who have an offer, this share leaves for no other reason. */
    private static final double PLANTED_LOSS = 0.4;

    /** The planted group: loans from this amount, in euros … */
    private static final int PLANTED_FROM = 5_000;

    /** … to below this one. */
    private static final int PLANTED_TO = 10_000;

    /** When its first day begins, but for the zone. */
    public static final Instant START = Instant.parse("2025-01-06T00:00:00Z");

    private static final int DAYS = 150;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(1);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private final SplittableRandom random;
    private final StringBuilder lines = new StringBuilder();
    private String application = "";
    private String registered = "";
    private int amount;
    private long now;

    private DemoLog(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Writes the log.
     *
     * @param applications how many, at least 1
     * @return what was planted in it, a sentence each
     */
    public static List<String> write(Path csv, long seed, int applications) {
        if (applications < 1) {
            throw new IllegalArgumentException(applications + " applications make no log");
        }
        DemoLog log = new DemoLog(seed);
        try (BufferedWriter out = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
            out.write("case:concept:name,concept:name,time:timestamp,org:resource,lifecycle:transition,case:REG_DATE,"
                    + "case:AMOUNT_REQ\n");
            for (int number = 0; number < applications; number++) {
                log.application(number, applications);
                out.append(log.lines);
                log.lines.setLength(0);
                if (number % (applications / 8 + 1) == 3) {
                    out.write(log.damaged(number / (applications / 8 + 1)));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + csv, failed);
        }
        return List.of(
                "Who waits for more than two weeks with an offer, or is called about it again and again, leaves far more often.",
                String.format(
                        Locale.ROOT,
                        "In the last third of the log, %.0f of 100 with an offer of %,d to %,d EUR leave for a reason of their own.",
                        PLANTED_LOSS * 100,
                        PLANTED_FROM,
                        PLANTED_TO - 1),
                "A few lines are damaged: a time that is none, an unknown activity, an amount in words, a line cut short.");
    }

    private void application(int number, int applications) {
        application = Integer.toString(900_000 + number * 3);
        double progress = (double) number / applications;
        now = office(START.toEpochMilli() + (long) ((progress * DAYS + random.nextDouble()) * DAY));
        registered = time();
        amount = amount();
        activity("A_SUBMITTED", "COMPLETE", "web");
        pause(SECOND);
        activity("A_PARTLYSUBMITTED", "COMPLETE", "web");
        pause(40 * SECOND);
        if (random.nextDouble() < 0.5) {
            activity("A_DECLINED", "COMPLETE", "web");
            return;
        }
        if (random.nextDouble() < 0.35) {
            work("W_Afhandelen leads", 1 + random.nextInt(2), HOUR);
        }
        activity("A_PREACCEPTED", "COMPLETE", "web");
        if (complete()) {
            offer(progress);
        }
    }

    /** Completing the application on the phone. Answers whether there will be an offer. */
    private boolean complete() {
        int calls = 1 + geometric(0.45, 6);
        work("W_Completeren aanvraag", calls, 10 * HOUR);
        if (random.nextDouble() < 0.06 * calls) {
            pause((5 + random.nextInt(20)) * DAY);
            activity("A_CANCELLED", "COMPLETE", staff());
            return false;
        }
        activity("A_ACCEPTED", "COMPLETE", staff());
        pause(20 * MINUTE);
        activity("A_FINALIZED", "COMPLETE", staff());
        return true;
    }

    private void offer(double progress) {
        boolean planted = amount >= PLANTED_FROM && amount < PLANTED_TO;
        boolean unlucky = planted && progress > 2.0 / 3 && random.nextDouble() < PLANTED_LOSS;
        int offers = random.nextDouble() < 0.2 ? 2 : 1;
        for (int i = 0; i < offers; i++) {
            sendOffer();
            if (i + 1 < offers) {
                pause(2 * DAY);
                activity("O_CANCELLED", "COMPLETE", staff());
            }
        }
        // How long they think: half are back within nine days; each call in between makes leaving more likely.
        double days = Math.min(29, StrictMath.exp(StrictMath.log(9) + 0.7 * random.nextGaussian()));
        int calls = (int) (days / 4) + geometric(0.5, 4);
        long until = now + (long) (days * DAY);
        for (int call = 0; call < calls && now < until; call++) {
            pause(3 * DAY);
            activity("W_Nabellen offertes", "START", staff());
            now += 6 * MINUTE;
            activity("W_Nabellen offertes", "COMPLETE", staff());
        }
        double leaves = 0.08 + (days > 14 ? 0.4 : 0) + 0.05 * Math.max(0, calls - 2);
        if (unlucky || random.nextDouble() < leaves) {
            now = office(Math.max(now, until + (long) (random.nextDouble() * 6 * DAY)));
            activity("O_CANCELLED", "COMPLETE", staff());
            activity("A_CANCELLED", "COMPLETE", staff());
            return;
        }
        now = office(Math.max(now, until));
        activity("O_SENT_BACK", "COMPLETE", staff());
        assess();
    }

    private void sendOffer() {
        activity("O_SELECTED", "COMPLETE", staff());
        activity("O_CREATED", "COMPLETE", staff());
        pause(MINUTE);
        activity("O_SENT", "COMPLETE", staff());
        activity("W_Nabellen offertes", "SCHEDULE", staff());
    }

    private void assess() {
        pause(DAY * (1 + random.nextInt(4)));
        work("W_Valideren aanvraag", 1, HOUR);
        int missing = random.nextDouble() < 0.4 ? 1 + geometric(0.5, 5) : 0;
        if (missing > 0) {
            work("W_Nabellen incomplete dossiers", missing, 20 * HOUR);
            work("W_Valideren aanvraag", 1, HOUR);
        }
        if (random.nextDouble() < 0.22) {
            activity("O_DECLINED", "COMPLETE", staff());
            activity("A_DECLINED", "COMPLETE", staff());
            return;
        }
        activity("O_ACCEPTED", "COMPLETE", staff());
        activity("A_APPROVED", "COMPLETE", staff());
        activity("A_REGISTERED", "COMPLETE", staff());
        activity("A_ACTIVATED", "COMPLETE", staff());
    }

    /** A work item that is planned once and taken up some times. */
    private void work(String item, int times, long apart) {
        activity(item, "SCHEDULE", staff());
        for (int i = 0; i < times; i++) {
            pause(apart);
            activity(item, "START", staff());
            now += 8 * MINUTE;
            activity(item, "COMPLETE", staff());
        }
    }

    private void activity(String name, String transition, String by) {
        lines.append(application)
                .append(',')
                .append(name)
                .append(',')
                .append(time())
                .append(',')
                .append(by)
                .append(',')
                .append(transition)
                .append(',')
                .append(registered)
                .append(',')
                .append(amount)
                .append('\n');
    }

    /** A line that cannot be used; every kind in turn. */
    private String damaged(int kind) {
        String end = "," + registered + "," + amount + "\n";
        return switch (kind % 4) {
            case 0 -> application + ",A_ACCEPTED,31.02.2025 at noon,s-04,COMPLETE" + end;
            case 1 -> application + ",X_MIGRATED," + time() + ",s-04,COMPLETE" + end;
            case 2 -> application + ",A_SUBMITTED," + time() + ",web,COMPLETE," + registered + ",ten thousand\n";
            default -> application + ",O_SENT,2025-0\n";
        };
    }

    /** Around a length of time, in office hours. */
    private void pause(long around) {
        long passed = (long) (around * (0.4 + 1.2 * random.nextDouble())) + 1;
        now = around < HOUR ? now + passed : office(now + passed);
    }

    /** The same moment, or the next one at which somebody works: Monday to Friday, 8 to 20. */
    private long office(long at) {
        OffsetDateTime local = Instant.ofEpochMilli(at).atOffset(ZONE);
        while (local.getDayOfWeek().getValue() > 5 || local.getHour() < 8 || local.getHour() >= 20) {
            local = local.getHour() < 8 && local.getDayOfWeek().getValue() <= 5
                    ? local.withHour(8)
                    : local.plusDays(1).withHour(8);
        }
        return local.toInstant().toEpochMilli();
    }

    private int amount() {
        double euros = StrictMath.exp(StrictMath.log(9_000) + 0.75 * random.nextGaussian());
        return (int) Math.round(Math.max(1_500, Math.min(80_000, euros)) / 500) * 500;
    }

    private int geometric(double again, int most) {
        int times = 0;
        while (times < most && random.nextDouble() < again) {
            times++;
        }
        return times;
    }

    private String staff() {
        return String.format(Locale.ROOT, "s-%02d", 1 + random.nextInt(24));
    }

    private String time() {
        return ISO.format(Instant.ofEpochMilli(now).atOffset(ZONE));
    }
}
