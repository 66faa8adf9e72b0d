package dev.forestall.server.console;

import dev.forestall.loop.event.Money;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.value.Values;
import dev.forestall.views.Units;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Currency;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What it was worth: what each policy did and what came of it, beside those who were left alone. */
@Controller
public final class ValuePage {

    private final Pages pages;
    private final Values values;
    private final Tenant tenant;

    public ValuePage(Pages pages, Values values, Tenant tenant) {
        this.pages = pages;
        this.values = values;
        this.tenant = tenant;
    }

    /** Policies and their arms. */
    public record Shown(List<Values.Arm> arms) {}

    @GetMapping("/value")
    ResponseEntity<String> value(HttpServletRequest request) {
        return pages.page(request, "value.jte", "Value", new Shown(values.arms(tenant)));
    }

    /** An amount of minor units, for people; what has no currency is none. */
    public static String money(long minor, String currency) {
        return currency.isEmpty() ? Units.NONE : Units.money(new Money(minor, Currency.getInstance(currency)));
    }
}
