import { scriptedBackend } from '$lib/backend/scripted';
import { run } from './mount';

const query = new URLSearchParams(location.search);
void run(scriptedBackend(query.get('scene') ?? 'meetings'));
