package dev.forestall.benchmarks.stream;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What a customer can do. The first twelve are plain browsing, drawn by weight; the rest have their own occasions. */
public enum EventType {
    PAGE_VIEW("page_view", 34),
    PRODUCT_VIEW("product_view", 22),
    SEARCH("search", 12),
    ADD_TO_CART("add_to_cart", 6),
    REMOVE_FROM_CART("remove_from_cart", 2),
    REVIEW_READ("review_read", 6),
    WISHLIST_ADD("wishlist_add", 3),
    NOTIFICATION_OPEN("notification_open", 5),
    DELIVERY_TRACK("delivery_track", 4),
    HELP_ARTICLE_VIEW("help_article_view", 3),
    PROFILE_UPDATE("profile_update", 1),
    COUPON_APPLY("coupon_apply", 2),
    APP_OPEN("app_open", 0),
    LOGIN("login", 0),
    LOGIN_FAILED("login_failed", 0),
    PASSWORD_RESET("password_reset", 0),
    LOGOUT("logout", 0),
    CHECKOUT_STEP("checkout_step", 0),
    PURCHASE("purchase", 0),
    CONTACT("contact", 0);

    private static final EventType[] ALL = values();
    private static final EventType[] BROWSING = browsing();

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(ALL).collect(Collectors.toUnmodifiableMap(EventType::wireName, type -> type));

    private final String wireName;
    private final int weight;

    EventType(String wireName, int weight) {
        this.wireName = wireName;
        this.weight = weight;
    }

    /** As it stands in the JSON; always the same String object. */
    public String wireName() {
        return wireName;
    }

    public static EventType at(int ordinal) {
        return ALL[ordinal];
    }

    /** The type of this wire name; fails for any other text. */
    public static EventType named(String wireName) {
        var type = BY_NAME.get(wireName);
        if (type == null) {
            throw new IllegalArgumentException("'" + wireName + "' is none of the event types of the stream");
        }
        return type;
    }

    static EventType browsing(Chance chance) {
        return BROWSING[chance.below(BROWSING.length)];
    }

    private static EventType[] browsing() {
        var total = 0;
        for (var type : ALL) {
            total += type.weight;
        }
        var urn = new EventType[total];
        var next = 0;
        for (var type : ALL) {
            for (var i = 0; i < type.weight; i++) {
                urn[next++] = type;
            }
        }
        return urn;
    }
}
