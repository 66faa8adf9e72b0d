package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.stream.Activity;
import dev.forestall.benchmarks.stream.EventType;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * How activities travel between Flink's threads: by an own serialiser, with the type as one byte, which costs less than Flink's
 * generated ones.
 */
final class ActivityType extends TypeInformation<Activity> {

    static final ActivityType INSTANCE = new ActivityType();

    private static final long serialVersionUID = 1;

    private ActivityType() {}

    @Override
    public TypeSerializer<Activity> createSerializer(SerializerConfig config) {
        return Serializer.INSTANCE;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<Activity> getTypeClass() {
        return Activity.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return "Activity";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActivityType;
    }

    @Override
    public int hashCode() {
        return ActivityType.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ActivityType;
    }

    private static final class Serializer extends TypeSerializerSingleton<Activity> {

        static final Serializer INSTANCE = new Serializer();

        private static final long serialVersionUID = 1;

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public Activity createInstance() {
            return new Activity(0, "", "", 0);
        }

        @Override
        public Activity copy(Activity from) {
            return from;
        }

        @Override
        public Activity copy(Activity from, Activity reuse) {
            return from;
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public void serialize(Activity activity, DataOutputView target) throws IOException {
            target.writeInt(activity.sequence());
            target.writeLong(activity.at());
            target.writeByte(EventType.named(activity.type()).ordinal());
            StringValue.writeString(activity.customer(), target);
        }

        @Override
        public Activity deserialize(DataInputView source) throws IOException {
            var sequence = source.readInt();
            var at = source.readLong();
            var type = EventType.at(source.readByte()).wireName();
            return new Activity(sequence, StringValue.readString(source), type, at);
        }

        @Override
        public Activity deserialize(Activity reuse, DataInputView source) throws IOException {
            return deserialize(source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            serialize(deserialize(source), target);
        }

        @Override
        public TypeSerializerSnapshot<Activity> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** Flink stores this beside a snapshot and makes it again by its empty constructor. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Activity> {

        public Snapshot() {
            super(() -> Serializer.INSTANCE);
        }
    }
}
