package dev.forestall.server.api;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.server.ApiError;
import dev.forestall.server.look.Looks;
import dev.forestall.server.security.Audit;
import dev.forestall.views.look.ExportJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** All that is kept of one customer, unmasked: that it was handed out stands in the audit before it is. */
@RestController
public final class ExportsApi {

    private final Looks looks;
    private final Supplier<EffectNames> names;
    private final Database database;
    private final Tenant tenant;
    private final Audit audit;
    private final HostClock clock;

    /** @param names under which those outside know effects */
    public ExportsApi(
            Looks looks, Supplier<EffectNames> names, Database database, Tenant tenant, Audit audit, HostClock clock) {
        this.looks = looks;
        this.names = names;
        this.database = database;
        this.tenant = tenant;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param of the customer under a name that says nothing to whom the data directory is closed */
    private record Export(String of, byte[] body) {}

    @GetMapping("/api/v1/customers/{name}/export")
    ResponseEntity<byte[]> export(@PathVariable String name, HttpServletRequest request) {
        EffectNames known = names.get();
        Export export = looks.export(
                        name,
                        (definition, standing, identifiers) -> new Export(
                                known.of(new EffectId(standing.subject(), 0, 0)),
                                JsonBody.of(json -> new ExportJson(json, definition, known)
                                        .write(standing, identifiers, clock.nowMillis()))))
                .orElseThrow(() -> new Problem(
                        ProblemJson.of(ApiError.NOT_FOUND, "no customer, or more than one, is known by this name")));
        database.doIn(
                tenant,
                session -> audit.note(session, Callers.actor(request), "customer.exported", export.of(), "", ""));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Content-Disposition", "attachment; filename=\"customer.json\"")
                .header("Cache-Control", "no-store")
                .body(export.body());
    }
}
