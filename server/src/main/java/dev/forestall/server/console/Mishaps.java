package dev.forestall.server.console;

import dev.forestall.loop.host.EngineBusy;
import dev.forestall.loop.host.StorageException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What people see when a page cannot be shown. */
@ControllerAdvice
public final class Mishaps {

    private final Pages pages;

    public Mishaps(Pages pages) {
        this.pages = pages;
    }

    @ExceptionHandler
    ResponseEntity<String> nothing(HttpServletRequest request, NoResourceFoundException nothing) {
        return pages.page(
                request,
                "mishap.jte",
                "No such page",
                new Mishap("There is no such page", "The menu has all there are."),
                404);
    }

    @ExceptionHandler
    ResponseEntity<String> busy(HttpServletRequest request, EngineBusy busy) {
        return pages.page(
                request,
                "mishap.jte",
                "Too many look at once",
                new Mishap(
                        "Too many look at what is known at once", "Nothing was lost. Load the page again in a second."),
                503);
    }

    @ExceptionHandler
    ResponseEntity<String> storage(HttpServletRequest request, StorageException down) {
        return pages.page(
                request,
                "mishap.jte",
                "The database cannot be reached",
                new Mishap(
                        "The database cannot be reached",
                        "Events are taken all the same, and nothing was lost. Load the page again; if it stays so, see what the"
                                + " server's log says."),
                503);
    }
}
