package dev.forestall.pack.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON text as a tree, numbers as they are written. Asking for what is not there says so. */
sealed interface JsonTree {

    record Text(String text) implements JsonTree {}

    record Number(String digits) implements JsonTree {}

    record Items(List<JsonTree> all) implements JsonTree {}

    record Members(SortedMap<String, JsonTree> all) implements JsonTree {

        Set<String> names() {
            return all.keySet();
        }

        private JsonTree get(String name) throws IOException {
            JsonTree found = all.get(name);
            if (found == null) {
                throw new IOException("'" + name + "' is missing");
            }
            return found;
        }

        String text(String name) throws IOException {
            if (get(name) instanceof Text text) {
                return text.text;
            }
            throw new IOException("'" + name + "' is not a text");
        }

        double number(String name) throws IOException {
            return number(name, get(name));
        }

        double number(String name, double standard) throws IOException {
            return all.containsKey(name) ? number(name) : standard;
        }

        int whole(String name) throws IOException {
            double number = number(name);
            if (number != (int) number) {
                throw new IOException("'" + name + "' is not a whole number");
            }
            return (int) number;
        }

        /** A whole number of up to 64 bits, to the last digit. */
        long large(String name) throws IOException {
            number(name);
            try {
                return Long.parseLong(((Number) get(name)).digits);
            } catch (NumberFormatException wrong) {
                throw new IOException("'" + name + "' is not a whole number of at most 64 bits", wrong);
            }
        }

        Members object(String name) throws IOException {
            return get(name).members("'" + name + "'");
        }

        List<JsonTree> list(String name) throws IOException {
            if (get(name) instanceof Items items) {
                return items.all;
            }
            throw new IOException("'" + name + "' is not a list");
        }

        double[] numbers(String name) throws IOException {
            List<JsonTree> items = list(name);
            double[] numbers = new double[items.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = number(name, items.get(i));
            }
            return numbers;
        }

        int[] wholes(String name) throws IOException {
            double[] numbers = numbers(name);
            int[] wholes = new int[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                wholes[i] = (int) numbers[i];
                if (wholes[i] != numbers[i]) {
                    throw new IOException("'" + name + "' holds " + numbers[i] + ", which is not whole");
                }
            }
            return wholes;
        }

        /** Read as floats from their digits: by way of doubles, one could end up next to the one that was meant. */
        float[] floats(String name) throws IOException {
            List<JsonTree> items = list(name);
            float[] numbers = new float[items.size()];
            for (int i = 0; i < numbers.length; i++) {
                number(name, items.get(i));
                numbers[i] = Float.parseFloat(((Number) items.get(i)).digits);
            }
            return numbers;
        }

        private static double number(String name, JsonTree tree) throws IOException {
            if (!(tree instanceof Number number)) {
                throw new IOException("'" + name + "' is not a number");
            }
            return Double.parseDouble(number.digits);
        }
    }

    default Members members(String what) throws IOException {
        if (this instanceof Members members) {
            return members;
        }
        throw new IOException(what + " is not an object");
    }

    static JsonTree read(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            JsonTree tree = value(json);
            if (json.nextToken() != null) {
                throw new IOException("there is more behind the end");
            }
            return tree;
        } catch (JsonProcessingException broken) {
            throw new IOException("it is no JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private static JsonTree value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new IOException("it ends too early");
        }
        return switch (token) {
            case START_OBJECT -> {
                SortedMap<String, JsonTree> members = new TreeMap<>();
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    json.nextToken();
                    members.put(name, value(json));
                }
                yield new Members(members);
            }
            case START_ARRAY -> {
                List<JsonTree> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield new Items(items);
            }
            case VALUE_STRING -> new Text(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(json.getText());
            default -> throw new IOException("line " + json.currentLocation().getLineNr() + " holds " + token);
        };
    }
}
