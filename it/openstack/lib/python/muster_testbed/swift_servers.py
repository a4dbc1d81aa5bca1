"""Runs Swift's servers with a swift.conf that is not in /etc/swift: swift_servers FOLDER"""
import sys

from .together import import_quickly, run_together


def programs():
    from swift.account import server as account  # noqa: F401
    from swift.common import utils, wsgi
    from swift.container import server as container  # noqa: F401
    from swift.obj import server as object_server
    from swift.proxy import server as proxy  # noqa: F401

    folder = sys.argv[1]
    # It would make each server leave the process group by which they are stopped.
    wsgi.clean_up_daemon_hygiene = lambda: None
    utils.SWIFT_CONF_FILE = folder + '/swift.conf'
    # Importing utils has read /etc/swift/swift.conf, if there is one: with its hash prefix no object would be found.
    utils.HASH_PATH_PREFIX = utils.HASH_PATH_SUFFIX = b''

    def program(kind, **options):
        return lambda: wsgi.run_wsgi('%s/%s-server.conf' % (folder, kind), kind + '-server', verbose=True, **options)

    return [program('account'), program('container'), program('proxy'),
            program('object', global_conf_callback=object_server.global_conf_callback)]


if __name__ == '__main__':
    run_together(import_quickly(programs))
