<?php

// Copyright 2026 base_api contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
//
// A small client for Odoo's REST API, to copy into your own code.
//
// Needs PHP 8.0 or newer with curl. Run it to see a lead come and go:
//
//     ODOO_URL=http://localhost:8069 ODOO_API_KEY=... php odoo_api.php

declare(strict_types=1);

/** The API refused a request, and says why. */
class ApiError extends RuntimeException
{
    public function __construct(
        public int $status,
        public string $errorCode,
        string $message,
        public array $details = [],
    ) {
        parent::__construct("$status $errorCode: $message");
    }
}

/**
 * One Odoo, and who you are there.
 *
 *     $api = new OdooApi('https://odoo.example.com', apiKey: '...');
 *     $api->search('res.partner', ['is_company' => true], ['name', 'email']);
 */
class OdooApi
{
    private string $url;
    private array $headers = [];

    public function __construct(string $url, ?string $apiKey = null, private int $timeout = 30)
    {
        $this->url = rtrim($url, '/') . '/api/v2';
        if ($apiKey) {
            $this->headers['api-key'] = $apiKey;
        }
    }

    /** The version of the API; no credential is needed. */
    public function test(): string
    {
        return $this->call('GET', '/test')['version'];
    }

    /** Gets a session token, which all later calls send; returns the user. */
    public function logIn(string $username, string $password, ?string $totp = null): array
    {
        $body = ['username' => $username, 'password' => $password];
        if ($totp) {
            $body['totp'] = $totp;
        }
        $data = $this->call('POST', '/auth/login', body: $body);
        $this->headers['session-token'] = $data['session_token'];
        return $data['user'];
    }

    public function logOut(): void
    {
        $this->call('POST', '/auth/logout');
        unset($this->headers['session-token']);
    }

    public function me(): array
    {
        return $this->call('GET', '/auth/me')['user'];
    }

    /** The records whose fields have these values, by id. */
    public function search(
        string $model,
        array $filters = [],
        array $fields = [],
        int $limit = 10,
        int $offset = 0,
    ): array {
        $params = $filters + ['limit' => $limit, 'offset' => $offset];
        if ($fields) {
            $params['fields'] = implode(',', $fields);
        }
        return $this->call('GET', "/search/$model", $params)['records'];
    }

    /** One record, with all its fields unless some are chosen. */
    public function get(string $model, int $id, array $fields = []): array
    {
        $params = $fields ? ['fields' => implode(',', $fields)] : [];
        return $this->call('GET', "/search/$model/$id", $params)['record'];
    }

    /** The id of the new record. */
    public function create(string $model, array $values): int
    {
        return $this->call('POST', "/create/$model", body: $values)['id'];
    }

    public function update(string $model, int $id, array $values): array
    {
        return $this->call('PUT', "/update/$model/$id", body: $values)['record'];
    }

    public function delete(string $model, int $id): void
    {
        $this->call('DELETE', "/delete/$model/$id");
    }

    /** What was written in the history of a record. */
    public function messages(string $model, int $id): array
    {
        $filters = ['res_model' => $model, 'res_id' => $id];
        $fields = ['subject', 'body', 'author_id', 'create_date', 'message_type'];
        return $this->search('mail.message', $filters, $fields, limit: 100);
    }

    /** Sends one request; returns its data or throws what went wrong. */
    public function call(string $verb, string $path, array $params = [], ?array $body = null): mixed
    {
        $asText = fn ($value) => is_bool($value) ? ($value ? 'true' : 'false') : $value;
        $query = http_build_query(array_map($asText, $params));
        $curl = curl_init($this->url . $path . ($query ? "?$query" : ''));
        $headers = $this->headers;
        if ($body !== null) {
            $headers['Content-Type'] = 'application/json';
            curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode($body, JSON_THROW_ON_ERROR));
        }
        $line = fn ($name, $value) => "$name: $value";
        curl_setopt_array($curl, [
            CURLOPT_CUSTOMREQUEST => $verb,
            CURLOPT_HTTPHEADER => array_map($line, array_keys($headers), $headers),
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => $this->timeout,
        ]);
        $text = curl_exec($curl);
        if ($text === false) {
            throw new ApiError(0, 'NO_ANSWER', curl_error($curl));
        }
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        $answer = json_decode($text, true);
        if (!is_array($answer)) { // a proxy in between, or no Odoo at all
            throw new ApiError($status, 'NOT_JSON', substr($text, 0, 200));
        }
        if (!$answer['success']) {
            $error = $answer['error'];
            throw new ApiError($status, $error['code'], $error['message'], $error['details'] ?? []);
        }
        return $answer['data'];
    }
}

function main(): void
{
    $api = new OdooApi(getenv('ODOO_URL') ?: 'http://localhost:8069', getenv('ODOO_API_KEY') ?: null);
    echo 'API version ', $api->test(), "\n";
    $username = getenv('ODOO_USERNAME');
    if ($username) {
        $api->logIn($username, getenv('ODOO_PASSWORD'));
    }
    echo 'Signed in as ', $api->me()['name'], "\n";
    foreach ($api->search('res.partner', ['is_company' => true], ['name', 'city'], 3) as $partner) {
        echo "Company {$partner['id']} {$partner['name']} ", $partner['city'] ?: '-', "\n";
    }
    $lead = $api->create('crm.lead', ['name' => 'Lead from PHP', 'expected_revenue' => 100]);
    echo "Created lead $lead\n";
    $api->update('crm.lead', $lead, ['expected_revenue' => 250]);
    $record = $api->get('crm.lead', $lead, ['name', 'expected_revenue']);
    echo "Changed lead $lead {$record['name']} {$record['expected_revenue']}\n";
    echo 'Messages ', count($api->messages('crm.lead', $lead)), "\n";
    $api->delete('crm.lead', $lead);
    try {
        $api->get('crm.lead', $lead);
    } catch (ApiError $error) {
        echo "Deleted lead $lead $error->status $error->errorCode\n";
    }
    if ($username) {
        $api->logOut();
        echo "Logged out\n";
    }
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    main();
}
