package dev.forestall.server;

import dev.forestall.channels.webhook.Egress;
import dev.forestall.channels.webhook.WebhookChannel;
import dev.forestall.channels.webhook.WebhookClient;
import dev.forestall.dispatch.ChangeLog;
import dev.forestall.dispatch.Channels;
import dev.forestall.dispatch.DispatchOptions;
import dev.forestall.dispatch.Dispatcher;
import dev.forestall.dispatch.Endpoints;
import dev.forestall.dispatch.Scope;
import dev.forestall.dispatch.Sending;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.server.security.Audit;
import dev.forestall.server.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** What goes out. */
@Configuration(proxyBeanMethods = false)
class SendingWiring {

    @Bean
    Wake wake() {
        return new Wake();
    }

    @Bean(destroyMethod = "close")
    WebhookClient webhookClient(Settings settings) {
        return new WebhookClient(Egress.allowing(settings.egressAllow()));
    }

    @Bean
    ChangeLog changes(Audit audit) {
        return (session, actor, action, target, after) -> audit.note(session, actor, action, target, "", after);
    }

    @Bean
    Endpoints endpoints(Database database, HostClock clock, Wake wake, ChangeLog changes) {
        return new Endpoints(database, Wiring.TENANT, clock, wake, changes);
    }

    @Bean
    Sending sending(Database database, Settings settings, HostClock clock, Wake wake, ChangeLog changes) {
        Sending sending = new Sending(database, Wiring.TENANT, clock, wake, changes);
        if (settings.holdSending()) {
            sending.stop(Scope.ALL, "", "started with --hold-sending", "server");
        }
        return sending;
    }

    /** Begins when the switches are where they were asked to be. */
    @Bean(destroyMethod = "close")
    @DependsOn("sending")
    Dispatcher dispatcher(
            Engine engine,
            Database database,
            Endpoints endpoints,
            WebhookClient client,
            HostClock clock,
            HostClock wallClock,
            Wake wake,
            ChangeLog changes) {
        Channels channels = name -> endpoints.of(name).map(endpoint -> new WebhookChannel(client, endpoint, wallClock));
        Dispatcher dispatcher =
                Dispatcher.open(engine, database, Wiring.TENANT, channels, DispatchOptions.defaults(), clock, changes);
        wake.wakes(dispatcher::wake);
        return dispatcher.start();
    }

    /** Tells the dispatcher that there is something to do; whoever tells is there before it. */
    static final class Wake implements Runnable {
        private volatile Runnable target = () -> {};

        void wakes(Runnable dispatcher) {
            target = dispatcher;
        }

        @Override
        public void run() {
            target.run();
        }
    }
}
