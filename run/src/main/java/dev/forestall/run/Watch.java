package dev.forestall.run;

/** Does something again and again beside the work, on a thread of its own, until it is closed. */
final class Watch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 100;

    private final Thread thread;

    private Watch(Thread thread) {
        this.thread = thread;
    }

    static Watch every100Millis(Runnable look) {
        Thread thread = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        look.run();
                        try {
                            Thread.sleep(PAUSE_MILLIS);
                        } catch (InterruptedException over) {
                            return;
                        }
                    }
                },
                "forestall-progress");
        thread.setDaemon(true);
        thread.start();
        return new Watch(thread);
    }

    /** Waits until it has stopped, so that nothing is said afterwards. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
