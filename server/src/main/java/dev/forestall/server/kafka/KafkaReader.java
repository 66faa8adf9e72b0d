package dev.forestall.server.kafka;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.connectors.segment.SegmentCall;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Origin;
import dev.forestall.server.ingest.Door;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.settings.Settings;
import dev.forestall.server.settings.Settings.Kafka.Topic;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics of Kafka. Where a partition was read to is what the log of the engine has of it: each record stands there under the topic's id, its partition and its offset, so
 * that after a crash it is read on exactly behind what is durable, whatever the broker remembers. One reader reads all partitions, so nothing is handed from one to
 * another; partitions that are added are found within a minute.
 */
public final class KafkaReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaReader.class);

    /** A record becomes this many inputs at most: an event, and what it says about language and zone. */
    private static final int INPUTS = 4;

    private static final int GROUP = 500;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int DEPTH = 64;

    private final Settings.Kafka settings;
    private final Engine engine;
    private final Door door;
    private final Sources sources;
    private final Topics topics;
    private final Values values;
    private final int maxValue;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    // Of the thread:
    private final Map<TopicPartition, Place> places = new HashMap<>();
    private final Map<String, Definition> pausedUnder = new HashMap<>();
    private final Set<TopicPartition> gaps = new HashSet<>();
    private boolean isAnyMissing;

    /** A partition as the log names it. @param topic of which it is a part @param stream its name in the log */
    private record Place(Topic topic, String stream) {}

    /** @param maxValue how long a value may be, in bytes */
    public KafkaReader(Settings.Kafka settings, Engine engine, Door door, Sources sources, int maxValue) {
        this.settings = settings;
        this.engine = engine;
        this.door = door;
        this.sources = sources;
        this.topics = new Topics(settings.topics());
        this.values = new Values(maxValue, DEPTH);
        this.maxValue = maxValue;
        this.thread = Thread.ofPlatform().name("forestall-kafka").daemon().unstarted(this::run);
    }

    /** Begins to read. */
    public KafkaReader start() {
        thread.start();
        return this;
    }

    /** How it stands. */
    public Topics topics() {
        return topics;
    }

    private Properties properties() {
        Properties properties = new Properties();
        settings.properties().ifPresent(file -> load(file, properties));
        properties.put("bootstrap.servers", String.join(",", settings.servers()));
        properties.put("group.id", settings.group());
        properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "none");
        properties.put("isolation.level", "read_committed");
        properties.put("allow.auto.create.topics", "false");
        properties.put("max.poll.records", "2000");
        return properties;
    }

    private static void load(Path file, Properties into) {
        try (Reader reader = Files.newBufferedReader(file)) {
            into.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the properties of Kafka's client cannot be read", unreadable);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** @return whether it is time to end */
    private boolean await(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void run() {
        while (!isClosing()) {
            try (Admin admin = Admin.create(adminProperties());
                    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
                read(admin, consumer);
            } catch (WakeupException | org.apache.kafka.common.errors.InterruptException stopping) {
                Thread.interrupted();
            } catch (KafkaException | UncheckedIOException failed) {
                if (settings.topics().stream().allMatch(topics::isWell)) {
                    LOG.warn("Kafka cannot be read, and is tried again: {}", failed.toString());
                }
                settings.topics()
                        .forEach(topic -> topics.problem(
                                topic, failed.getMessage() + ". It is tried again by itself; nothing is lost."));
                await(RETRY);
            }
        }
    }

    private Properties adminProperties() {
        Properties properties = new Properties();
        settings.properties().ifPresent(file -> load(file, properties));
        properties.put("bootstrap.servers", String.join(",", settings.servers()));
        properties.put("request.timeout.ms", "5000");
        properties.put("default.api.timeout.ms", "10000");
        return properties;
    }

    private void read(Admin admin, KafkaConsumer<byte[], byte[]> consumer) {
        places.clear();
        gaps.clear();
        long lookedAt = 0;
        while (!isClosing()) {
            Duration wait = isAnyMissing ? RETRY : LOOK_AGAIN;
            if (places.isEmpty() || System.nanoTime() - lookedAt > wait.toNanos()) {
                find(admin, consumer);
                lookedAt = System.nanoTime();
            }
            if (places.isEmpty()) {
                await(RETRY);
                continue;
            }
            goOnUnderAnotherDefinition(consumer);
            ConsumerRecords<byte[], byte[]> records;
            try {
                records = consumer.poll(POLL);
            } catch (OffsetOutOfRangeException gone) {
                gone.offsetOutOfRangePartitions().keySet().forEach(partition -> gap(consumer, partition));
                continue;
            }
            for (TopicPartition partition : records.partitions()) {
                if (!take(consumer, partition, records.records(partition))) {
                    return;
                }
            }
            noteLag(consumer);
        }
    }

    /** Finds the partitions of the topics, and begins or goes on with each where the log stands. */
    private void find(Admin admin, KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> fresh = new ArrayList<>();
        Set<String> known = places.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        isAnyMissing = false;
        for (Topic topic : settings.topics()) {
            Optional<TopicDescription> found = describe(admin, topic);
            isAnyMissing |= found.isEmpty();
            found.ifPresent(description -> {
                for (var each : description.partitions()) {
                    TopicPartition partition = new TopicPartition(topic.name(), each.partition());
                    String stream = topic.name() + "/" + description.topicId() + "/" + each.partition();
                    if (!new Place(topic, stream).equals(places.put(partition, new Place(topic, stream)))) {
                        fresh.add(partition);
                    }
                }
            });
        }
        if (!fresh.isEmpty()) {
            consumer.assign(places.keySet());
            fresh.forEach(partition -> seek(consumer, partition, known.contains(partition.topic())));
            pauseAgain(consumer);
        }
    }

    private Optional<TopicDescription> describe(Admin admin, Topic topic) {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .get(topic.name());
            boolean isWaiting = pausedUnder.containsKey(topic.name())
                    || gaps.stream().anyMatch(each -> each.topic().equals(topic.name()));
            if (!isWaiting) {
                topics.problem(topic, "");
            }
            return Optional.ofNullable(found);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                topics.problem(topic, "there is no such topic. Create it, or correct its name in kafka.topics.");
                return Optional.empty();
            }
            throw new KafkaException(String.valueOf(failed.getCause()), failed.getCause());
        } catch (InterruptedException stopping) {
            throw new org.apache.kafka.common.errors.InterruptException(stopping);
        }
    }

    /** Behind the last input of a stream that the log has, in ordinals. */
    private long next(String stream) {
        // What is durable and not worked in yet counts as well.
        return engine.worked(engine.progress().durable())
                .thenCompose(worked -> engine.look(history -> history.nextOrdinal(stream)))
                .toCompletableFuture()
                .join();
    }

    /** @param isLater whether the partition was added to a topic that was read before */
    private void seek(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, boolean isLater) {
        Place place = place(partition);
        long ordinal = next(place.stream());
        long first = of(partition, consumer.beginningOffsets(List.of(partition)));
        long end = of(partition, consumer.endOffsets(List.of(partition)));
        OptionalLong handled = handled(consumer, partition);
        if (ordinal == 0) {
            consumer.seek(
                    partition,
                    begin(
                            consumer,
                            partition,
                            isLater,
                            first,
                            end,
                            handled,
                            place.topic().fromEnd()));
            return;
        }
        // The latest record may have been cut off between its inputs; where it is gone, it was not.
        long again = ordinal / INPUTS;
        long behind = (ordinal + INPUTS - 1) / INPUTS;
        // What said nothing to be read stands in no log; that it was passed over, only the broker remembers.
        boolean isPassedOver = handled.orElse(0) >= first;
        if (again > end || behind < first && !isPassedOver) {
            gap(consumer, partition, behind, first, end);
        } else {
            consumer.seek(partition, Math.max(again, first));
        }
    }

    /** Where to begin with a partition of which the log has nothing. An end that was seen once is kept at the broker, or what comes until the first record is taken would be lost with the connection. */
    private static long begin(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            boolean isLater,
            long first,
            long end,
            OptionalLong handled,
            boolean fromEnd) {
        if (!fromEnd || isLater) {
            return first;
        }
        if (handled.isEmpty()) {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(end)));
        }
        return Math.max(handled.orElse(end), first);
    }

    /** Up to where the group has handled a partition, as the broker remembers. */
    private static OptionalLong handled(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
    }

    /** What waits for somebody goes on waiting when the connection was lost. */
    private void pauseAgain(KafkaConsumer<byte[], byte[]> consumer) {
        places.keySet().stream()
                .filter(each -> gaps.contains(each) || pausedUnder.containsKey(each.topic()))
                .forEach(each -> consumer.pause(List.of(each)));
    }

    private static long of(TopicPartition partition, Map<TopicPartition, Long> offsets) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new KafkaException("the broker says nothing of " + partition);
        }
        return offset;
    }

    private Place place(TopicPartition partition) {
        Place place = places.get(partition);
        if (place == null) {
            throw new IllegalStateException("nobody asked for " + partition);
        }
        return place;
    }

    private void gap(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        long first = of(partition, consumer.beginningOffsets(List.of(partition)));
        long end = of(partition, consumer.endOffsets(List.of(partition)));
        gap(consumer, partition, (next(place(partition).stream()) + INPUTS - 1) / INPUTS, first, end);
    }

    /** Records are gone that were never read: whether to go on without them is for a person to say. */
    private void gap(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long next, long first, long end) {
        Topic topic = place(partition).topic();
        if (settings.skipsGaps()) {
            LOG.warn("{}: offsets {} to {} are gone, and passed over as kafka.gaps says", partition, next, first);
            consumer.seek(partition, Math.min(Math.max(next, first), end));
            return;
        }
        gaps.add(partition);
        consumer.seek(partition, first);
        consumer.pause(List.of(partition));
        topics.problem(
                topic,
                "partition " + partition.partition() + " was read up to offset " + next + ", and the broker has "
                        + first
                        + " to " + end
                        + ". To go on without what is gone, start the server with kafka.gaps: skip.");
    }

    /** @return false when the server is to stop */
    private boolean take(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records) {
        for (int from = 0; from < records.size(); from += GROUP) {
            List<ConsumerRecord<byte[], byte[]>> group = records.subList(from, Math.min(from + GROUP, records.size()));
            if (!hand(partition, group)) {
                return false;
            }
            Topic topic = place(partition).topic();
            consumer.commitAsync(
                    Map.of(partition, new OffsetAndMetadata(group.getLast().offset() + 1)), (offsets, failed) -> {});
            if (pausedUnder.containsKey(topic.name())) {
                // What was fetched and not handed over is read again.
                consumer.seek(partition, group.getLast().offset() + 1);
                places.keySet().stream()
                        .filter(each -> each.topic().equals(topic.name()))
                        .forEach(each -> consumer.pause(List.of(each)));
                return true;
            }
        }
        return true;
    }

    private boolean hand(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Place place = place(partition);
        Topic topic = place.topic();
        String subject = sources.placeOfSubject(topic.source());
        List<SegmentBody.Item> items = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        int skipped = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Optional<SegmentBody.Item> item =
                    values.read(record, topic.format(), subject).filter(each -> isMeant(topic, each));
            item.ifPresent(items::add);
            if (item.isPresent()) {
                offsets.add(record.offset());
            } else {
                skipped++;
            }
        }
        topics.skipped(topic, skipped);
        if (items.isEmpty()) {
            return true;
        }
        SegmentBody body = new SegmentBody(Json.Entries.NONE, items, SegmentCall.BATCH, maxValue);
        while (!isClosing()) {
            Optional<List<Boolean>> usable =
                    door.take(topic.source(), body, item -> new Origin(place.stream(), offsets.get(item) * INPUTS, 0));
            if (usable.isPresent()) {
                usable.get().forEach(each -> {
                    if (topics.note(topic, each) && !pausedUnder.containsKey(topic.name())) {
                        pausedUnder.put(topic.name(), engine.definition());
                        topics.problem(
                                topic,
                                "more than half of the latest " + Topics.WINDOW
                                        + " records could not be used: look at Rejected. It goes on when another definition is"
                                        + " deployed, or the server is started again.");
                    }
                });
                return true;
            }
            await(RETRY);
        }
        return false;
    }

    /** A database has many tables; what the pack does not ask for is no event. */
    private boolean isMeant(Topic topic, SegmentBody.Item item) {
        return topic.format() != Settings.Kafka.Format.DEBEZIUM
                || !(item instanceof SegmentBody.Item.Said(Json.Entries call))
                || sources.isMapped(topic.source(), call.scalar("event").orElse(""));
    }

    private void goOnUnderAnotherDefinition(KafkaConsumer<byte[], byte[]> consumer) {
        Map<String, Definition> before = new LinkedHashMap<>(pausedUnder);
        before.forEach((name, definition) -> {
            if (definition != engine.definition()) {
                pausedUnder.remove(name);
                settings.topics().stream()
                        .filter(topic -> topic.name().equals(name))
                        .forEach(topic -> {
                            topics.forget(topic);
                            topics.problem(topic, "");
                        });
                List<TopicPartition> its = places.keySet().stream()
                        .filter(each -> each.topic().equals(name) && !gaps.contains(each))
                        .toList();
                consumer.resume(its);
            }
        });
    }

    private void noteLag(KafkaConsumer<byte[], byte[]> consumer) {
        Map<Topic, Long> lags = new HashMap<>();
        Set<Topic> unknown = new HashSet<>();
        places.forEach((partition, place) -> {
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isPresent()) {
                lags.merge(place.topic(), lag.getAsLong(), Long::sum);
            } else {
                unknown.add(place.topic());
            }
        });
        lags.forEach((topic, lag) -> {
            if (!unknown.contains(topic)) {
                topics.lag(topic, lag);
            }
        });
    }

    @Override
    public void close() {
        closing.countDown();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(Duration.ofSeconds(10));
                thread.interrupt();
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
