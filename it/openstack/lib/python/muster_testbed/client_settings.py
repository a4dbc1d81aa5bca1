"""Writes clouds.yaml and openrc files for the seeded users into the state folder."""
import json
import os

from .cloud import AUTH_URL, REGION, STATE, password_of

# The cloud's name in clouds.yaml: its user, who has a project of the same name unless another is given.
CLOUDS = {
    'testbed': ('demo', 'demo'),
    'testbed-other': ('other', 'other'),
    'testbed-admin': ('admin', 'admin'),
    'testbed-auditor': ('auditor', 'demo'),
}


def write(name, lines):
    with open(os.path.join(STATE, name), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')


def main():
    with open(STATE + '/seed.json', encoding='utf-8') as file:
        credential = json.load(file)['application_credential']
    common = ['    region_name: ' + REGION, '    interface: public', '    identity_api_version: 3']
    clouds = ['clouds:']
    for cloud, (user, project) in CLOUDS.items():
        clouds += [
            '  %s:' % cloud, '    auth:', '      auth_url: ' + AUTH_URL, '      username: ' + user,
            '      password: ' + password_of(user), '      project_name: ' + project,
            '      user_domain_name: Default', '      project_domain_name: Default'] + common
        write(cloud.replace('testbed', 'openrc'), [
            'export OS_AUTH_URL=' + AUTH_URL, 'export OS_USERNAME=' + user, 'export OS_PASSWORD=' + password_of(user),
            'export OS_PROJECT_NAME=' + project, 'export OS_USER_DOMAIN_NAME=Default',
            'export OS_PROJECT_DOMAIN_NAME=Default', 'export OS_REGION_NAME=' + REGION, 'export OS_INTERFACE=public',
            'export OS_IDENTITY_API_VERSION=3'])
    clouds += [
        '  testbed-application-credential:', '    auth_type: v3applicationcredential', '    auth:',
        '      auth_url: ' + AUTH_URL, '      application_credential_id: ' + credential['id'],
        '      application_credential_secret: ' + credential['secret']] + common
    write('clouds.yaml', clouds)


main()
