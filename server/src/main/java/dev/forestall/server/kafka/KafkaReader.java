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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
            fresh.forEach(partition -> seek(consumer, partition));
        }
    }

    private Optional<TopicDescription> describe(Admin admin, Topic topic) {
        try {
            TopicDescription found = admin.describeTopics(List.of(topic.name()))
                    .allTopicNames()
                    .get()
                    .get(topic.name());
            if (topics.isWell(topic) || !pausedUnder.containsKey(topic.name())) {
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

    private long next(String stream) {
        // What is durable and not worked in yet counts as well.
        return engine.worked(engine.progress().durable())
                        .thenCompose(worked -> engine.look(history -> history.nextOrdinal(stream)))
                        .toCompletableFuture()
                        .join()
                / INPUTS;
    }

    private void seek(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        Place place = place(partition);
        long next = next(place.stream());
        long first = of(partition, consumer.beginningOffsets(List.of(partition)));
        long end = of(partition, consumer.endOffsets(List.of(partition)));
        if (next == 0) {
            consumer.seek(partition, place.topic().fromEnd() ? end : first);
        } else if (next < first || next > end) {
            gap(consumer, partition, next, first, end);
        } else {
            consumer.seek(partition, next);
        }
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
        gap(consumer, partition, next(place(partition).stream()), first, end);
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
        consumer.seek(partition, end);
        consumer.pause(List.of(partition));
        topics.problem(
                topic,
                "partition " + partition.partition() + " was read up to offset " + next + ", and the broker has "
                        + first
                        + " to " + end
                        + ". To go on without what is gone, start the server with kafka.gaps: skip.");
        pausedUnder.put(topic.name(), engine.definition());
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
                        .filter(each -> each.topic().equals(name))
                        .toList();
                consumer.resume(its);
            }
        });
    }

    private void noteLag(KafkaConsumer<byte[], byte[]> consumer) {
        Map<Topic, Long> lags = new HashMap<>();
        places.forEach((partition, place) ->
                lags.merge(place.topic(), consumer.currentLag(partition).orElse(0), Long::sum));
        lags.forEach(topics::lag);
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
