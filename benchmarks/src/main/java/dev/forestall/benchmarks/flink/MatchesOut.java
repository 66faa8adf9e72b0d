package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.pattern.MatchSink;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Where a Flink job ends: hands every match to the run. */
final class MatchesOut implements Sink<Match> {

    private static final long serialVersionUID = 1;

    private final long run;

    MatchesOut(Run run) {
        this.run = run.number();
    }

    @Override
    public SinkWriter<Match> createWriter(WriterInitContext context) {
        return new Writer(Run.of(run));
    }

    private static final class Writer implements SinkWriter<Match> {

        private final Run run;
        private final MatchSink sink;

        Writer(Run run) {
            this.run = run;
            this.sink = run.track().sink();
        }

        @Override
        public void write(Match match, Context context) {
            sink.match(match.pattern(), match.customer(), match.at(), match.cause());
        }

        @Override
        public void flush(boolean endOfInput) throws InterruptedException {
            if (endOfInput) {
                run.awaitFull();
            }
        }

        @Override
        public void close() {}
    }
}
