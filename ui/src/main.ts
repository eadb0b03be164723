import { tauriBackend } from '$lib/backend/tauri';
import { run } from './mount';

void run(tauriBackend());
