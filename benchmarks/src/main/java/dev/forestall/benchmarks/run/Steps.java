package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.forestall.StepBenchmark;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The cost of single steps, measured by JMH. */
final class Steps {

    private Steps() {}

    static void measure() {
        try {
            new Runner(new OptionsBuilder()
                            .include(StepBenchmark.class.getSimpleName())
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH could not run", e);
        }
    }
}
