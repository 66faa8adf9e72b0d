package dev.forestall.server;

import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.Audit;
import dev.forestall.server.security.Chains;
import dev.forestall.server.security.LoginLimits;
import dev.forestall.server.security.OwnPassword;
import dev.forestall.server.security.Provider;
import dev.forestall.server.security.SignIn;
import dev.forestall.server.security.StillThere;
import dev.forestall.server.security.Users;
import dev.forestall.server.settings.Settings;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

/** Who may do what. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class AccessWiring {

    @Bean
    PasswordEncoder passwords() {
        return argon2();
    }

    static PasswordEncoder argon2() {
        return new Argon2PasswordEncoder(16, 32, 1, 19 << 10, 2);
    }

    @Bean
    Audit audit(HostClock wallClock) {
        return new Audit(wallClock);
    }

    @Bean
    ApiKeys keys(Database database, Audit audit, HostClock wallClock, SecureRandom random) {
        return new ApiKeys(database, Wiring.TENANT, audit, wallClock, random);
    }

    @Bean
    Users users(Database database, Audit audit, PasswordEncoder passwords, HostClock wallClock, SecureRandom random) {
        return new Users(database, Wiring.TENANT, audit, passwords, wallClock, random);
    }

    @Bean
    LoginLimits loginLimits(HostClock wallClock) {
        return new LoginLimits(wallClock);
    }

    @Bean
    UserDetailsService people(Users users, HostClock wallClock) {
        return Chains.people(users, wallClock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain chainOfApi(HttpSecurity http, ApiKeys keys, Users users, HostClock wallClock, Settings settings)
            throws Exception {
        return Chains.ofApi(http, keys, new StillThere(users, wallClock), new OwnPassword(users), settings.publicUrl());
    }

    /** Signing in elsewhere, where that is set. */
    @Bean
    SignInElsewhere signInElsewhere(Settings settings, Users users) {
        return new SignInElsewhere(
                settings.provider().map(provider -> new Provider(provider, settings.publicUrl(), users)));
    }

    /** @param provider nothing where one signs in here only */
    record SignInElsewhere(Optional<Provider> provider) {}

    @Bean
    @Order(2)
    SecurityFilterChain chainOfPages(
            HttpSecurity http,
            LoginLimits limits,
            Users users,
            HostClock wallClock,
            Settings settings,
            SignInElsewhere elsewhere)
            throws Exception {
        return Chains.ofPages(
                http,
                new SignIn(limits, users::noteLogin),
                new OwnPassword(users),
                new StillThere(users, wallClock),
                settings.publicUrl(),
                elsewhere.provider());
    }

    @Bean
    Greeting greeting(ApiKeys keys, Users users, Sources sources, Engine engine) {
        return Greeting.firstStart(keys, users, sources, engine.definition());
    }
}
