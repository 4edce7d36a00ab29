package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.util.ArrayList;
import java.util.List;

/** The stack of a pickle: values, and marks below which the opcodes that work down to a mark do not reach. */
final class PickleStack {

    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Budget budget;

    PickleStack(Budget budget) {
        this.budget = budget;
    }

    void push(Node node) throws UnreadableException {
        budget.node();
        nodes.add(node);
    }

    Node peek() throws UnreadableException {
        require(1);
        return nodes.getLast();
    }

    Node pop() throws UnreadableException {
        require(1);
        return nodes.removeLast();
    }

    void drop(int count) throws UnreadableException {
        require(count);
        nodes.subList(nodes.size() - count, nodes.size()).clear();
    }

    void mark() throws UnreadableException {
        budget.enter();
        marks.add(nodes.size());
    }

    void popMark() throws UnreadableException {
        int floor = floor();
        marks.removeLast();
        budget.leave();
        nodes.subList(floor, nodes.size()).clear();
    }

    /** Replaces the topmost values by a tuple of them. */
    void tuple(int count) throws UnreadableException {
        require(count);
        Struct struct = new Struct("");
        nodes.subList(nodes.size() - count, nodes.size()).forEach(struct::add);
        drop(count);
        push(struct);
    }

    /** Replaces the values above the mark by a list, or by a dict of them in turn. */
    void collect(boolean dict) throws UnreadableException {
        Struct struct = new Struct("");
        fill(struct, floor(), dict);
        popMark();
        push(struct);
    }

    /** Adds the topmost values to the list below them. */
    void append(int count) throws UnreadableException {
        require(count + 1);
        int from = nodes.size() - count;
        fill(nodes.get(from - 1), from, false);
        drop(count);
    }

    void appendMarked() throws UnreadableException {
        fill(below(), floor(), false);
        popMark();
    }

    /** Puts the topmost key and value into the dict below them. */
    void setItem() throws UnreadableException {
        require(3);
        fill(nodes.get(nodes.size() - 3), nodes.size() - 2, true);
        drop(2);
    }

    void setMarked() throws UnreadableException {
        fill(below(), floor(), true);
        popMark();
    }

    private void fill(Node target, int from, boolean pairs) throws UnreadableException {
        if (pairs && (nodes.size() - from) % 2 != 0) {
            throw new UnreadableException(Reason.FORMAT);
        }
        if (!(target instanceof Struct struct)) {
            if (target == Blank.OPAQUE) {
                return; // the items of an instance that was passed over
            }
            throw new UnreadableException(Reason.FORMAT);
        }
        for (int i = from; i < nodes.size(); i += pairs ? 2 : 1) {
            if (pairs) {
                struct.put(nodes.get(i), nodes.get(i + 1));
            } else {
                struct.add(nodes.get(i));
            }
        }
    }

    private Node below() throws UnreadableException {
        int floor = floor();
        int lower = marks.size() < 2 ? 0 : marks.get(marks.size() - 2);
        if (floor <= lower) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return nodes.get(floor - 1);
    }

    private int floor() throws UnreadableException {
        if (marks.isEmpty()) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return marks.getLast();
    }

    /** That many values are above the last mark. */
    private void require(int count) throws UnreadableException {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (nodes.size() - floor < count) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }
}
