package dev.forestall.acceptance.sending;

import dev.forestall.loop.Effect;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.EffectConsumer;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.report.Report;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** An engine around which the process may be killed: when it is told something, and when it says something. All else it does as it does. */
final class KilledEngine {

    private static final String OUTBOX = "outbox";

    private final Engine engine;
    private final Killing killing;

    private KilledEngine(Engine engine, Killing killing) {
        this.engine = engine;
        this.killing = killing;
    }

    static Engine around(Engine engine, Killing killing) {
        KilledEngine killed = new KilledEngine(engine, killing);
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> killed.called(method, arguments));
    }

    private Object called(Method method, Object[] arguments) throws Throwable {
        try {
            return switch (method.getName()) {
                case "accept" -> accept(method, arguments);
                case "subscribe" -> {
                    arguments[2] = consumer((String) arguments[0], (EffectConsumer) arguments[2]);
                    yield method.invoke(engine, arguments);
                }
                default -> method.invoke(engine, arguments);
            };
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private Object accept(Method method, Object[] arguments) throws ReflectiveOperationException {
        List<?> records = (List<?>) arguments[0];
        boolean isDue = records.stream().anyMatch(each -> report(each) instanceof Report.Due);
        boolean isSent = records.stream().anyMatch(each -> report(each) instanceof Report.Sent);
        if (isDue) {
            killing.at(Point.BEFORE_DUE);
        }
        if (isSent) {
            killing.at(Point.BEFORE_REPORT);
        }
        Object acceptance = method.invoke(engine, arguments);
        if ((isDue || isSent) && acceptance instanceof Acceptance.Taken taken) {
            taken.durable().toCompletableFuture().join();
            killing.at(isDue ? Point.AFTER_DUE : Point.AFTER_REPORT);
        }
        return acceptance;
    }

    private static Object report(Object logged) {
        return logged instanceof Logged.Reported reported ? reported.report() : logged;
    }

    private EffectConsumer consumer(String name, EffectConsumer consumer) {
        return batch -> {
            boolean isPermit =
                    name.equals(OUTBOX) && batch.effects().stream().anyMatch(Effect.Permitted.class::isInstance);
            if (isPermit) {
                killing.at(Point.BEFORE_PERMIT);
            }
            consumer.accept(batch);
            if (isPermit) {
                killing.at(Point.AFTER_PERMIT);
            }
        };
    }
}
