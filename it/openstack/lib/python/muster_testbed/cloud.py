"""Talks to the cloud of the test bed as one of its users. The settings come from settings.sh, by the environment."""
import os

from keystoneauth1.identity.v3 import Password
from keystoneauth1.session import Session

STATE = os.environ['TESTBED_STATE']
SERVICES = os.environ['TESTBED_SERVICES'].split()
REGION = os.environ['TESTBED_REGION']
AUTH_URL = os.environ['TESTBED_AUTH_URL']
SERVICE_PASSWORD = os.environ['TESTBED_SERVICE_PASSWORD']


def password_of(user):
    return os.environ['TESTBED_ADMIN_PASSWORD'] if user == 'admin' else user + '-secret'


class User:
    def __init__(self, name, project=None):
        self.name = name
        self.session = Session(Password(
            auth_url=AUTH_URL, username=name, password=password_of(name), project_name=project or name,
            user_domain_id='default', project_domain_id='default'))

    @property
    def project_id(self):
        return self.session.get_project_id()

    def send(self, service, method, path, **options):
        """The answer, whatever its status is."""
        where = {'service_type': service, 'interface': 'public'}
        return self.session.request(path, method, endpoint_filter=where, raise_exc=False, **options)

    def call(self, service, method, path, body=None, allowed=(), **options):
        """The answer's JSON, or None. Ends the program when the status is 400 or more, and not among the allowed ones."""
        answer = self.send(service, method, path, json=body, **options)
        if answer.status_code >= 400:
            if answer.status_code in allowed:
                return None
            raise SystemExit('%s %s %s: %d %s' % (service, method, path, answer.status_code, answer.text[:600]))
        return answer.json() if answer.text and 'json' in answer.headers.get('Content-Type', '') else None
