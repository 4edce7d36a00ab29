#include "generator.h"
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct options options = {
    .path_prefix = "/chat/", .path_suffix = "/", .origin = "http://localhost", .payload = 128, .sources = 1, .parallel = 64};

static const char *help =
    "usage: generator --port N --load NAME=CONNECTIONS/ROOMS [option...]\n"
    "Reads commands from its input, answers each with one line of JSON:\n"
    "  watch NAME PID         add a process whose CPU time every answer reports\n"
    "  connect                open all connections\n"
    "  step SECONDS RATE...   publish, so many messages a second in all for each load in turn\n"
    "  churn SECONDS [COUNT]  connect, upgrade, close, and again, at most so often\n"
    "  hold SECONDS           only listen\n"
    "  close                  close all connections\n"
    "options:\n"
    "  --port N               repeat it for more nodes: connections are spread over them\n"
    "  --load NAME=C/R        C connections in R rooms, repeatable; every member publishes in turn\n"
    "  --cookies FILE         one Cookie header value a line, used in turn\n"
    "  --origin URL           of the handshake (http://localhost)\n"
    "  --payload BYTES        of the JSON value that is published (128, at least 11)\n"
    "  --full                 the sub-protocol with acknowledgements\n"
    "  --stalled N            the last N connections of the first load never read\n"
    "  --sources N            local addresses (1): 28,000 connections each\n"
    "  --parallel N           handshakes under way at once (64)\n";

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("generator: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  exit(2);
}

static void read_load(char *text) {
  if (options.load_count == MAX_LOADS) fail("at most %d loads", MAX_LOADS);
  struct load_spec *load = &options.loads[options.load_count++];
  char *sizes = strchr(text, '=');
  if (!sizes) fail("--load is NAME=CONNECTIONS/ROOMS, not %s", text);
  *sizes++ = 0;
  load->name = text;
  if (sscanf(sizes, "%u/%u", &load->connections, &load->rooms) != 2 || load->rooms == 0)
    fail("--load is NAME=CONNECTIONS/ROOMS, not %s=%s", text, sizes);
}

static void read_cookies(const char *file) {
  FILE *in = fopen(file, "r");
  if (!in) fail("cannot read %s", file);
  char line[4096];
  uint32_t room = 0;
  while (fgets(line, sizeof line, in)) {
    line[strcspn(line, "\n")] = 0;
    if (options.cookie_count == room) {
      room = room ? 2 * room : 1024;
      options.cookies = realloc(options.cookies, room * sizeof *options.cookies);
    }
    options.cookies[options.cookie_count++] = strdup(line);
  }
  fclose(in);
}

void options_read(int argc, char **argv) {
  static const struct option names[] = {
      {"port", 1, 0, 'p'},    {"load", 1, 0, 'l'},    {"cookies", 1, 0, 'c'}, {"origin", 1, 0, 'o'},
      {"payload", 1, 0, 'b'}, {"full", 0, 0, 'f'},    {"stalled", 1, 0, 's'}, {"sources", 1, 0, 'a'},
      {"help", 0, 0, 'h'},    {"parallel", 1, 0, 'j'}, {0}};
  for (int option; (option = getopt_long(argc, argv, "", names, NULL)) != -1;) switch (option) {
      case 'p':
        if (options.port_count == MAX_PORTS) fail("at most %d ports", MAX_PORTS);
        options.ports[options.port_count++] = (uint16_t)atoi(optarg);
        break;
      case 'l': read_load(optarg); break;
      case 'c': read_cookies(optarg); break;
      case 'o': options.origin = optarg; break;
      case 'b': options.payload = (uint32_t)atoi(optarg); break;
      case 'f': options.full = 1; break;
      case 's': options.stalled = (uint32_t)atoi(optarg); break;
      case 'a': options.sources = (uint32_t)atoi(optarg); break;
      case 'j': options.parallel = (uint32_t)atoi(optarg); break;
      case 'h': fputs(help, stdout); exit(0);
      default: fputs(help, stderr); exit(2);
    }
  if (!options.port_count || !options.load_count) fail("--port and --load are needed, see --help");
  if (options.payload < 11) fail("a payload has at least 11 bytes, not %u", options.payload);
}
